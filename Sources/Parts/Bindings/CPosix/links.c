#define _GNU_SOURCE
#include "CPosix.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;

static int close_failed(int descriptor, int number) {
  close(descriptor);
  errno = number;
  return -1;
}

// One component after the other, for kernels before 5.6 and where openat2(2) is forbidden.
static int walk(const char *path) {
  int directory = open(*path == '/' ? "/" : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
  while (directory >= 0) {
    char name[256];
    path += strspn(path, "/");
    size_t length = strcspn(path, "/");
    if (length == 0) return close_failed(directory, EISDIR);
    if (length >= sizeof name) return close_failed(directory, ENAMETOOLONG);
    memcpy(name, path, length);
    name[length] = 0;
    path += length;
    int isLast = *path == 0;
    int next = openat(directory, name,
                      isLast ? flags | O_NOFOLLOW : O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int number = errno;
    close(directory);
    errno = number;
    if (isLast) return next;
    directory = next;
  }
  return -1;
}

int cposix_open_without_links(const char *path) {
  for (const char *part = path; part; part = strchr(part, '/')) {
    part += strspn(part, "/");
    if (strcmp(part, "..") == 0 || strncmp(part, "../", 3) == 0) {
      errno = EXDEV;
      return -1;
    }
  }
  struct open_how how = {.flags = flags, .resolve = RESOLVE_NO_SYMLINKS};
  int descriptor = (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
  if (descriptor >= 0 || (errno != ENOSYS && errno != EPERM && errno != EINVAL)) return descriptor;
  return walk(path);
}
