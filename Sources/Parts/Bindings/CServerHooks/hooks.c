#define _GNU_SOURCE
#include "CServerHooks.h"
#include <dlfcn.h>
#include <linux/tcp.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static _Atomic(cserver_refusal) refusal;

void cserver_on_refusal(cserver_refusal call) { atomic_store(&refusal, call); }

typedef enum MHD_Result (*queue_function)(struct MHD_Connection *, unsigned int, struct MHD_Response *);

static queue_function real_queue(void) {
  static _Atomic(queue_function) found;
  queue_function call = atomic_load(&found);
  if (!call) {
    void *library = dlopen("libmicrohttpd.so.12", RTLD_LAZY | RTLD_LOCAL);
    call = library ? (queue_function)dlsym(library, "MHD_queue_response") : NULL;
    atomic_store(&found, call);
  }
  return call;
}

int cserver_queue(void *connection, unsigned status, void *response) {
  queue_function call = real_queue();
  return call ? call(connection, status, response) : MHD_NO;
}

/* Stands before the library's own, as ld.so(8) resolves names: the library calls it for its error pages, and
   for nothing else. MHD_NO has it close the connection without another word. */
enum MHD_Result MHD_queue_response(
    struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response) {
  cserver_refusal call = atomic_load(&refusal);
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  void *context = info ? info->socket_context : NULL;
  info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  if (!call || !context || !info) return cserver_queue(connection, status, response);
  call(context, info->connect_fd, status);
  return MHD_NO;
}

int64_t cserver_bytes_received(int socket) {
  struct tcp_info info;
  socklen_t length = sizeof info;
  memset(&info, 0, sizeof info);
  if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &length) != 0) return -1;
  if (length < offsetof(struct tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received) return -1;
  return (int64_t)info.tcpi_bytes_received;
}

int cserver_peer(int socket, uint8_t *bytes) {
  struct sockaddr_storage address;
  socklen_t length = sizeof address;
  if (getpeername(socket, (struct sockaddr *)&address, &length) != 0) return 0;
  if (address.ss_family == AF_INET) {
    memcpy(bytes, &((struct sockaddr_in *)&address)->sin_addr, 4);
    return 4;
  }
  if (address.ss_family != AF_INET6) return 0;
  const uint8_t *six = ((struct sockaddr_in6 *)&address)->sin6_addr.s6_addr;
  if (IN6_IS_ADDR_V4MAPPED(&((struct sockaddr_in6 *)&address)->sin6_addr)) {
    memcpy(bytes, six + 12, 4);
    return 4;
  }
  memcpy(bytes, six, 8);
  return 8;
}

void cserver_date(char *buffer) {
  time_t now = time(NULL);
  struct tm parts;
  gmtime_r(&now, &parts);
  /* Nobody calls setlocale for LC_TIME: these names are English. */
  strftime(buffer, 30, "%a, %d %b %Y %H:%M:%S GMT", &parts);
}
