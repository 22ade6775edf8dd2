#pragma once
#include <curl/curl.h>
#include <stdint.h>

/* curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, which Swift cannot call:
   one typed function for each kind of value. libcurl copies strings; lists, buffers and contexts
   must outlive the handle. */

static inline CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}

/* Copies as many bytes as CURLOPT_POSTFIELDSIZE_LARGE, which must come first, has said. */
static inline CURLcode ccurl_copy_body(CURL *easy, const void *bytes) {
  return curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes ? bytes : "");
}

static inline CURLcode ccurl_set_headers(CURL *easy, struct curl_slist *headers) {
  return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
}

static inline CURLcode ccurl_set_error_buffer(CURL *easy, char *buffer) {
  return curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, buffer);
}

typedef size_t (*ccurl_transfer_callback)(char *, size_t, size_t, void *);

static inline CURLcode ccurl_on_header(CURL *easy, ccurl_transfer_callback call, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, call);
  return code ? code : curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
}

static inline CURLcode ccurl_on_body(CURL *easy, ccurl_transfer_callback call, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, call);
  return code ? code : curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
}

static inline CURLcode ccurl_on_upload(CURL *easy, ccurl_transfer_callback call, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_READFUNCTION, call);
  return code ? code : curl_easy_setopt(easy, CURLOPT_READDATA, context);
}

static inline CURLcode ccurl_on_connected(CURL *easy, curl_prereq_callback call, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, call);
  return code ? code : curl_easy_setopt(easy, CURLOPT_PREREQDATA, context);
}

/* A number of ours that libcurl keeps with the handle. */
static inline CURLcode ccurl_set_private_number(CURL *easy, uint64_t number) {
  return curl_easy_setopt(easy, CURLOPT_PRIVATE, (void *)(uintptr_t)number);
}

static inline uint64_t ccurl_private_number(CURL *easy) {
  void *number = NULL;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &number);
  return (uint64_t)(uintptr_t)number;
}

static inline CURLMcode ccurl_on_socket(CURLM *multi, curl_socket_callback call, void *context) {
  CURLMcode code = curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, call);
  return code ? code : curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
}

static inline CURLMcode ccurl_on_timer(CURLM *multi, curl_multi_timer_callback call, void *context) {
  CURLMcode code = curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, call);
  return code ? code : curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
}

/* Macros with casts are not imported. */
static const size_t ccurl_abort_write = CURL_WRITEFUNC_ERROR;
static const size_t ccurl_pause_write = CURL_WRITEFUNC_PAUSE;
static const size_t ccurl_pause_read = CURL_READFUNC_PAUSE;
static const int ccurl_resume = CURLPAUSE_CONT;
static const size_t ccurl_abort_read = CURL_READFUNC_ABORT;
