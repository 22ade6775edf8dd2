#define _GNU_SOURCE
#include "CPosix.h"

#include <errno.h>
#include <pthread.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <unistd.h>

const char *cposix_error_name(int code) { return strerrorname_np(code); }

const char *cposix_error_text(int code) { return strerrordesc_np(code); }

int cposix_rename_without_replacing(const char *from, const char *to) {
  return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}

int cposix_reserve(int descriptor, int64_t offset, int64_t length) {
  return fallocate(descriptor, FALLOC_FL_KEEP_SIZE, offset, length);
}

int cposix_pipe(int descriptors[2], bool non_blocking) {
  return pipe2(descriptors, O_CLOEXEC | (non_blocking ? O_NONBLOCK : 0));
}

int cposix_name_thread(const char *name) {
  errno = pthread_setname_np(pthread_self(), name);
  return errno ? -1 : 0;
}

ssize_t cposix_random(void *bytes, size_t count) { return getrandom(bytes, count, 0); }

int cposix_forbid_inspection(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

static bool stays_ignored(int number) {
  return number == SIGHUP || number == SIGTSTP || number == SIGTTIN || number == SIGTTOU;
}

bool cposix_is_ignored(int number) {
  struct sigaction action;
  return sigaction(number, NULL, &action) == 0 && !(action.sa_flags & SA_SIGINFO)
      && action.sa_handler == SIG_IGN;
}

void cposix_begin(const char *name) {
  // The lowest free number is taken, so each open fills the gap it was made for.
  for (int descriptor = 0; descriptor < 3; descriptor++)
    if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF)
      open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
  struct sigaction standard = {.sa_handler = SIG_DFL}, ignored = {.sa_handler = SIG_IGN};
  for (int number = 1; number < NSIG; number++)
    if (cposix_is_ignored(number) && !stays_ignored(number)) sigaction(number, &standard, NULL);
  sigaction(SIGPIPE, &ignored, NULL);
  sigaction(SIGXFSZ, &ignored, NULL);
  sigset_t none;
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &none, NULL);
  prctl(PR_SET_NAME, name, 0, 0, 0);
}

_Noreturn void cposix_end_by(int number) {
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigaction(number, &standard, NULL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  raise(number);
  _exit(128 + number);
}

int cposix_process_descriptor(pid_t process) { return pidfd_open(process, 0); }

int cposix_signal_descriptor(const int *signals, size_t count) {
  sigset_t set;
  sigemptyset(&set);
  for (size_t index = 0; index < count; index++) sigaddset(&set, signals[index]);
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int cposix_next_signal(int descriptor) {
  struct signalfd_siginfo info;
  ssize_t count = read(descriptor, &info, sizeof info);
  if (count == (ssize_t)sizeof info) return (int)info.ssi_signo;
  if (count >= 0) errno = EIO;
  return -1;
}
