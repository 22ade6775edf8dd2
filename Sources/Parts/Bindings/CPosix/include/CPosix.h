#pragma once
// The system calls that Swift's Glibc module does not show, because they need _GNU_SOURCE, a
// header outside its module map, or work between fork and exec where no Swift code may run.
// Every function sets errno and returns -1 on failure, like the call it stands for.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// strerrorname_np(3): "ENOSPC", or NULL for an unknown number. Static storage.
const char *cposix_error_name(int code);
/// strerrordesc_np(3): "No space left on device", or NULL. Static storage, never translated.
const char *cposix_error_text(int code);

/// renameat2(2) with RENAME_NOREPLACE.
int cposix_rename_without_replacing(const char *from, const char *to);
/// Opens for reading what no link leads to, where no ".." is in the path: openat2(2), or step by step.
int cposix_open_without_links(const char *path);
/// fallocate(2) with FALLOC_FL_KEEP_SIZE: blocks for the bytes behind `offset`, and the same size.
int cposix_reserve(int descriptor, int64_t offset, int64_t length);
/// pipe2(2) with O_CLOEXEC and O_NONBLOCK; the reading end first.
int cposix_pipe(int descriptors[2], bool non_blocking);
/// pthread_setname_np(3) for the calling thread; at most 15 bytes.
int cposix_name_thread(const char *name);
/// getrandom(2) without flags.
ssize_t cposix_random(void *bytes, size_t count);
/// socketpair(2) of streams, close-on-exec.
int cposix_socket_pair(int descriptors[2]);
/// sendmsg(2) without waiting and without SIGPIPE; `descriptor` goes with it (SCM_RIGHTS), where it is none, -1.
ssize_t cposix_send(int socket, const void *bytes, size_t count, int descriptor);
/// recvmsg(2); the descriptor that came with it, close-on-exec, or -1.
ssize_t cposix_receive(int socket, void *bytes, size_t count, int *descriptor);
/// prctl(2) with PR_SET_PDEATHSIG: SIGKILL when the thread that started this process ends.
int cposix_end_with_parent(void);
/// prctl(2) with PR_SET_DUMPABLE 0.
int cposix_forbid_inspection(void);
/// pidfd_open(2).
int cposix_process_descriptor(pid_t process);

/// Puts right what a careless parent handed down, to be called before anything else runs. Standard
/// descriptors that are closed become /dev/null, opened so that reading 0 and writing 1 or 2 fail with
/// EBADF. Ignored signals get their defaults back and none stays blocked, but SIGHUP (nohup(1)) and the
/// stops of job control (a shell without any) stay ignored. SIGPIPE and SIGXFSZ become errors of write(2).
/// The process is called by `name` in ps(1), also when it was started by way of /proc/self/exe.
void cposix_begin(const char *name);
/// Ends the process by a signal's default action, or with status 128 + signal if it has another.
_Noreturn void cposix_end_by(int signal);
/// Whether this process ignores a signal.
bool cposix_is_ignored(int signal);

/// Whether every backslash stands before a slash and every slash behind a backslash.
bool cposix_escapes_slashes_only(const uint8_t *bytes, size_t count);
/// Whether the bytes have no space, control, quote, sign of an escape, comma, or sign from ':' to '@': one piece
/// out of the middle of base64. A backslash is told apart, since some write every slash with one.
bool cposix_is_unbroken(const uint8_t *bytes, size_t count, bool *has_backslash);

/// signalfd(2) for the given signals, non-blocking and close-on-exec.
int cposix_signal_descriptor(const int *signals, size_t count);
/// The number of the next signal waiting in a signalfd; -1 with EAGAIN when there is none.
int cposix_next_signal(int descriptor);

/// How far the new process leaves the group and the session of its parent.
enum cposix_session {
  cposix_session_inherited = 0,
  cposix_session_own_group = 1,
  /// setsid, then a second fork: no terminal, and no zombie for the parent to reap.
  cposix_session_detached = 2,
  /// setsid with standard input as the controlling terminal.
  cposix_session_on_terminal = 3,
};

struct cposix_spawn_plan {
  /// A path, or a name looked up in PATH of this process.
  const char *executable;
  char *const *arguments;
  char *const *environment;
  /// NULL stays in the directory of the parent.
  const char *directory;
  int standard_input;
  int standard_output;
  int standard_error;
  /// Descriptors above 2 that keep their numbers; all others are closed.
  const int *kept;
  size_t kept_count;
  enum cposix_session session;
  /// RLIMIT_AS and RLIMIT_CPU in bytes and seconds; -1 leaves a limit alone.
  int64_t address_space_limit;
  int64_t processor_seconds_limit;
  bool without_core_dump;
};

/// Starts a program. Returns its process id once exec has succeeded, or -1 with the errno of the
/// step that failed.
pid_t cposix_spawn(const struct cposix_spawn_plan *plan);
