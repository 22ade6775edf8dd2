#include "CDelayLoad.h"
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One function of a library, as `stubs.S` lays it out. */
struct slot {
  _Atomic(void *) function;
  const char *library;
  const char *name;
};

static void say(const char *text) {
  if (write(STDERR_FILENO, text, strlen(text)) < 0) return;
}

/* The function, from now on also where its stub jumps to. Any thread may call it, several at once. A library that
   was taken away since the program was installed ends the program, as ld.so(8) would have at its start: by SIGABRT,
   so that what restores the terminal after a signal does so. */
__attribute__((visibility("hidden"))) void *cdelay_find(struct slot *slot) {
  void *library = dlopen(slot->library, RTLD_LAZY | RTLD_LOCAL);
  void *function = library ? dlsym(library, slot->name) : NULL;
  if (!function) {
    const char *reason = dlerror();
    say("darkroom: a library cannot be opened: ");
    say(reason ? reason : slot->library);
    say("\n");
    abort();
  }
  atomic_store_explicit(&slot->function, function, memory_order_release);
  return function;
}
