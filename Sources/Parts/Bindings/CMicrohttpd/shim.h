#pragma once
#include <microhttpd.h>
#include <string.h>

/* Glibc's Swift module leaves these out; the server watches suspended connections with them. */
#include <sys/epoll.h>
#include <sys/eventfd.h>

/* Called with the target of a request line before the library takes it apart, which turns `+` into a space: what
   it returns is the request's own context until the handler sets another. */
static inline void *cmhd_look_at_target(void *context, const char *target, struct MHD_Connection *connection) {
  (void)context;
  (void)connection;
  return strpbrk(target, " \t") ? (void *)1 : NULL;
}

/* Whether a request's own context says that there is white space in its target. */
static inline int cmhd_is_improper(void *context) { return context == (void *)1; }

/* MHD_start_daemon is variadic, which Swift cannot call: the one way this program starts it.
   The error log stays off: MHD_USE_ERROR_LOG is not given. The listening socket is the daemon's
   to close. Who closes it when starting fails is not documented; it is then left open, since
   closing it twice could hit a stranger's descriptor. */
static inline struct MHD_Daemon *cmhd_start(
    int listening_socket, unsigned int connections, unsigned int idle_seconds,
    MHD_AccessHandlerCallback handler, MHD_RequestCompletedCallback completed,
    MHD_NotifyConnectionCallback connected, size_t (*unescape)(void *, struct MHD_Connection *, char *), void *context) {
  return MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handler, context,
      MHD_OPTION_LISTEN_SOCKET, listening_socket, MHD_OPTION_CONNECTION_LIMIT, connections,
      MHD_OPTION_CONNECTION_TIMEOUT, idle_seconds, MHD_OPTION_NOTIFY_COMPLETED, completed, context,
      MHD_OPTION_NOTIFY_CONNECTION, connected, context,
      MHD_OPTION_UNESCAPE_CALLBACK, unescape, NULL, MHD_OPTION_URI_LOG_CALLBACK, cmhd_look_at_target, NULL,
      MHD_OPTION_END);
}

/* MHD_get_connection_info is variadic. */
static inline int cmhd_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? (int)info->connect_fd : -1;
}

/* How long the head of the current request is, from the first letter of its method to the end of the empty
   line; 0 if that is not known. */
static inline size_t cmhd_head_length(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info ? info->header_size : 0;
}

static inline int cmhd_is_start(enum MHD_ConnectionNotificationCode code) {
  return code == MHD_CONNECTION_NOTIFY_STARTED;
}

/* What the notification of the connection has set. */
static inline void *cmhd_socket_context(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

/* Macros with casts are not imported. */
static const uint64_t cmhd_size_unknown = MHD_SIZE_UNKNOWN;
static const ssize_t cmhd_end_of_stream = MHD_CONTENT_READER_END_OF_STREAM;
static const ssize_t cmhd_end_with_error = MHD_CONTENT_READER_END_WITH_ERROR;
