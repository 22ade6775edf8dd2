#define _GNU_SOURCE
#include "CPosix.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

// posix_spawn(3) can set neither resource limits nor a controlling terminal, so this is fork and
// exec. Between the two only async-signal-safe calls are made (signal-safety(7)); glibc's execvpe
// allocates nothing.

/// What the new process tells its parent: first its id, then, only if a step failed, the errno.
struct report {
  pid_t process;
  int error;
};

static void tell(int pipe, int error) {
  struct report report = {getpid(), error};
  ssize_t written;
  do written = write(pipe, &report, sizeof report);
  while (written < 0 && errno == EINTR);
}

static _Noreturn void fail(int pipe) {
  tell(pipe, errno);
  _exit(127);
}

static void limit(int pipe, __rlimit_resource_t resource, int64_t value) {
  if (value < 0) return;
  struct rlimit limits;
  if (getrlimit(resource, &limits) != 0) fail(pipe);
  if (limits.rlim_cur > (rlim_t)value) limits.rlim_cur = (rlim_t)value;
  if (limits.rlim_max > (rlim_t)value) limits.rlim_max = (rlim_t)value;
  if (setrlimit(resource, &limits) != 0) fail(pipe);
}

static void close_all_on_exec(void) {
  if (close_range(3, UINT_MAX, CLOSE_RANGE_CLOEXEC) == 0) return;
  long count = sysconf(_SC_OPEN_MAX);
  if (count < 0 || count > 65536) count = 65536;
  for (int descriptor = 3; descriptor < count; descriptor++)
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

/// Puts the three standard descriptors in place, whatever numbers they come with.
static void place_standard_descriptors(const struct cposix_spawn_plan *plan, int pipe) {
  const int given[3] = {plan->standard_input, plan->standard_output, plan->standard_error};
  int moved[3];
  for (int index = 0; index < 3; index++) {
    moved[index] = fcntl(given[index], F_DUPFD_CLOEXEC, 3);
    if (moved[index] < 0) fail(pipe);
  }
  for (int index = 0; index < 3; index++)
    if (dup2(moved[index], index) < 0) fail(pipe);
}

static _Noreturn void become(const struct cposix_spawn_plan *plan, int pipe) {
  if (plan->session == cposix_session_own_group && setpgid(0, 0) != 0) fail(pipe);
  if (plan->session >= cposix_session_detached && setsid() < 0) fail(pipe);
  if (plan->session == cposix_session_detached) {
    pid_t second = fork();
    if (second < 0) fail(pipe);
    if (second > 0) _exit(0);
  }
  tell(pipe, 0);
  place_standard_descriptors(plan, pipe);
  if (plan->session == cposix_session_on_terminal && ioctl(0, TIOCSCTTY, 0) != 0) fail(pipe);
  close_all_on_exec();
  for (size_t index = 0; index < plan->kept_count; index++)
    if (fcntl(plan->kept[index], F_SETFD, 0) != 0) fail(pipe);
  if (plan->directory && chdir(plan->directory) != 0) fail(pipe);
  limit(pipe, RLIMIT_AS, plan->address_space_limit);
  limit(pipe, RLIMIT_CPU, plan->processor_seconds_limit);
  limit(pipe, RLIMIT_CORE, plan->without_core_dump ? 0 : -1);
  // Dispositions first, the mask last: a signal waiting since before the fork must meet the default.
  struct sigaction standard = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execvpe(plan->executable, plan->arguments, plan->environment);
  fail(pipe);
}

/// Reads the reports until exec (or death) closes the other end. Returns the process id or -1.
static pid_t listen_to(int pipe) {
  pid_t process = -1;
  int error = EIO;
  for (;;) {
    struct report report;
    ssize_t count = read(pipe, &report, sizeof report);
    if (count < 0 && errno == EINTR) continue;
    if (count != (ssize_t)sizeof report) break;
    process = report.error ? -1 : report.process;
    error = report.error;
  }
  if (process < 0) errno = error;
  return process;
}

static void reap(pid_t process) {
  while (waitpid(process, NULL, 0) < 0 && errno == EINTR) {}
}

pid_t cposix_spawn(const struct cposix_spawn_plan *plan) {
  int pipes[2];
  if (pipe2(pipes, O_CLOEXEC) != 0) return -1;
  // Out of the way of the standard descriptors, in case this process was started without them.
  int speaker = fcntl(pipes[1], F_DUPFD_CLOEXEC, 3);
  int failure = errno;
  close(pipes[1]);
  if (speaker < 0) {
    close(pipes[0]);
    errno = failure;
    return -1;
  }
  // No handler of the parent may run in the child.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t child = fork();
  failure = errno;
  if (child == 0) become(plan, speaker);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(speaker);
  pid_t process = -1;
  if (child > 0) {
    process = listen_to(pipes[0]);
    failure = errno;
    if (process < 0 || plan->session == cposix_session_detached) reap(child);
  }
  close(pipes[0]);
  errno = failure;
  return process;
}
