#pragma once
#include <stdint.h>
#include <stddef.h>

/* What libmicrohttpd 0.9.75 has no interface for. */

/* Says no in the server's stead: libmicrohttpd found a request malformed and would answer with a page of its
   own, in some cases with two heads. `context` is the connection's own, as `MHD_OPTION_NOTIFY_CONNECTION` set it. */
typedef void (*cserver_refusal)(void *context, int socket, unsigned status);
void cserver_on_refusal(cserver_refusal call);

/* MHD_queue_response for this program's own replies. */
int cserver_queue(void *connection, unsigned status, void *response);

/* How many bytes have arrived on a TCP connection; -1 where that is not known. */
int64_t cserver_bytes_received(int socket);

/* Who is at the other end, by what a limit for each address counts: 4 bytes of IPv4, or the first 8 of IPv6, of
   which one customer has all that follow. The count of bytes; 0 for a Unix socket. */
int cserver_peer(int socket, uint8_t *bytes);

/* The time as HTTP writes it (RFC 9110, section 5.6.7); 30 bytes. */
void cserver_date(char *buffer);
