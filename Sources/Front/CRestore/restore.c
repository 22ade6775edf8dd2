#define _GNU_SOURCE
#include "CRestore.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

enum { CAPACITY = 1024, ERRORS_SHOWN = 64 * 1024, STACK = 32 * 1024 };

static int terminal = -1;
static struct termios modes;
// Two buffers, so that a handler never sees one half written.
static struct { char bytes[CAPACITY]; size_t count; } farewells[2];
static atomic_int current;
static atomic_int armed;
static atomic_int error_copy = -1;
static atomic_int error_log = -1;

static struct sigaction previous[NSIG];

// Whether a signal ends a program that does not handle it (signal(7)), and can be handled at all.
static int ends_program(int number) {
  switch (number) {
  case SIGKILL: case SIGSTOP: case SIGCHLD: case SIGCONT: case SIGURG: case SIGWINCH: case SIGTSTP:
  case SIGTTIN: case SIGTTOU:
    return 0;
  default:
    // Between the old signals and SIGRTMIN lie those of the thread library.
    return number <= SIGSYS || (number >= SIGRTMIN && number <= SIGRTMAX);
  }
}

// A line that takes nothing for a second is not worth hanging for. Pieces as small as poll(2) promises
// room for: the descriptor may be one that waits (n_tty_poll of Linux, WAKEUP_CHARS).
static void write_all(int descriptor, const char *bytes, size_t count) {
  while (count > 0) {
    struct pollfd ready = {.fd = descriptor, .events = POLLOUT};
    int outcome = poll(&ready, 1, 1000);
    if (outcome == 0 || (outcome < 0 && errno != EINTR)) return;
    if (outcome < 0) continue;
    ssize_t written = write(descriptor, bytes, count < 256 ? count : 256);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
    } else if (errno != EINTR && errno != EAGAIN) {
      return;
    }
  }
}

static void show_errors(void) {
  int log = atomic_exchange(&error_log, -1);
  int copy = atomic_exchange(&error_copy, -1);
  if (copy < 0) return;
  dup2(copy, STDERR_FILENO);
  off_t end = lseek(log, 0, SEEK_END);
  off_t place = end > ERRORS_SHOWN ? end - ERRORS_SHOWN : 0;
  char part[4096];
  for (;;) {
    ssize_t count = pread(log, part, sizeof part, place);
    if (count <= 0) break;
    write_all(STDERR_FILENO, part, (size_t)count);
    place += count;
  }
  close(log);
  close(copy);
}

static int set_modes(int when, const struct termios *wanted) {
  // A background process that sets modes would be stopped for it (tcsetattr(3)).
  sigset_t stop, before;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &stop, &before);
  int failed;
  do failed = tcsetattr(terminal, when, wanted);
  while (failed && errno == EINTR);
  int code = failed ? errno : 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return code;
}

// Not TCSAFLUSH: it waits for a line to take what was written, and a frozen one never does.
int restore_modes(void) {
  int code = set_modes(TCSANOW, &modes);
  tcflush(terminal, TCIFLUSH);
  return code;
}

int restore_set_raw(void) {
  struct termios raw = modes;
  raw.c_iflag &= ~(tcflag_t)(BRKINT | PARMRK | IXON | ICRNL | INLCR | IGNCR);
  raw.c_oflag &= ~(tcflag_t)(ONLCR | XTABS);
  raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  return set_modes(TCSANOW, &raw);
}

// The whole way back, once; safe in a signal handler.
static void give_back(void) {
  if (!atomic_exchange(&armed, 0)) return;
  int now = atomic_load(&current);
  write_all(terminal, farewells[now].bytes, farewells[now].count);
  restore_modes();
  show_errors();
}

static void handle(int number) {
  int saved = errno;
  give_back();
  // Whoever handled the signal before does so now; by default the program ends with its status.
  sigaction(number, &previous[number], NULL);
  errno = saved;
  raise(number);
}

static void install_handlers(void) {
  static int is_installed;
  if (is_installed) return;
  is_installed = 1;
  atexit(give_back);
  // A stack of its own for the handler: the thread's may be what overflowed.
  static char stack[STACK];
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  stack_t existing;
  if (sigaltstack(NULL, &existing) == 0 && (existing.ss_flags & SS_DISABLE)) {
    sigaltstack(&alternate, NULL);
  }
  for (int number = 1; number < NSIG; number++) {
    if (!ends_program(number) || sigaction(number, NULL, &previous[number]) != 0) continue;
    if (previous[number].sa_handler == SIG_IGN) continue;  // nohup and the like stay in force.
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_ONSTACK | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
  }
}

int restore_remember(int descriptor) {
  if (tcgetattr(descriptor, &modes) != 0) return errno;
  terminal = descriptor;
  return 0;
}

unsigned char restore_erase_character(void) { return modes.c_cc[VERASE]; }

void restore_set_bytes(const char *bytes, size_t count) {
  int next = 1 - atomic_load(&current);
  if (count > CAPACITY) count = CAPACITY;
  memcpy(farewells[next].bytes, bytes, count);
  farewells[next].count = count;
  atomic_store(&current, next);
}

void restore_arm(void) {
  install_handlers();
  atomic_store(&armed, 1);
}

void restore_disarm(void) { atomic_store(&armed, 0); }

void restore_capture_errors(void) {
  if (atomic_load(&error_copy) >= 0 || !isatty(STDERR_FILENO)) return;
  int log = memfd_create("errors", MFD_CLOEXEC);
  if (log < 0) return;
  int copy = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (copy < 0 || dup2(log, STDERR_FILENO) < 0) {
    close(log);
    if (copy >= 0) close(copy);
    return;
  }
  atomic_store(&error_log, log);
  atomic_store(&error_copy, copy);
}

void restore_release_errors(void) { show_errors(); }
