#define _GNU_SOURCE
#include "stalled_disk.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

struct stall {
  char path[512];
  size_t length;
  int kinds;
  int held;
};

static struct stall stalls[16];
static atomic_int active;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t change = PTHREAD_COND_INITIALIZER;

int stalled_disk_begin(const char *path, int kinds) {
  int number = -1;
  pthread_mutex_lock(&lock);
  for (int i = 0; i < 16 && number < 0; i++) {
    if (stalls[i].kinds == 0) number = i;
  }
  if (number >= 0) {
    struct stall *stall = &stalls[number];
    stall->length = (size_t)snprintf(stall->path, sizeof stall->path, "%s/", path);
    stall->held = 0;
    stall->kinds = kinds;
    atomic_fetch_add(&active, 1);
  }
  pthread_mutex_unlock(&lock);
  return number;
}

void stalled_disk_await(int number) {
  pthread_mutex_lock(&lock);
  while (stalls[number].kinds != 0 && stalls[number].held == 0) pthread_cond_wait(&change, &lock);
  pthread_mutex_unlock(&lock);
}

int stalled_disk_holds(int number) {
  pthread_mutex_lock(&lock);
  int held = stalls[number].held;
  pthread_mutex_unlock(&lock);
  return held > 0;
}

void stalled_disk_end(int number) {
  pthread_mutex_lock(&lock);
  stalls[number].kinds = 0;
  atomic_fetch_sub(&active, 1);
  pthread_cond_broadcast(&change);
  pthread_mutex_unlock(&lock);
}

static void hold_path(const char *path, int kind) {
  pthread_mutex_lock(&lock);
  for (int i = 0; i < 16; i++) {
    struct stall *stall = &stalls[i];
    if (strncmp(path, stall->path, stall->length) != 0) continue;
    while (stall->kinds & kind) {
      stall->held++;
      pthread_cond_broadcast(&change);
      pthread_cond_wait(&change, &lock);
    }
  }
  pthread_mutex_unlock(&lock);
}

static void hold(int file, int kind) {
  if (atomic_load(&active) == 0) return;
  char link[32], path[512];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0 || path[0] != '/') return;
  path[length] = 0;
  hold_path(path, kind);
}

ssize_t write(int file, const void *bytes, size_t count) {
  hold(file, STALLED_WRITES);
  return syscall(SYS_write, file, bytes, count);
}

ssize_t writev(int file, const struct iovec *pieces, int count) {
  hold(file, STALLED_WRITES);
  return syscall(SYS_writev, file, pieces, count);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place) {
  hold(file, STALLED_WRITES);
  return syscall(SYS_pwrite64, file, bytes, count, place);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t place) {
  return pwrite64(file, bytes, count, place);
}

ssize_t read(int file, void *bytes, size_t count) {
  hold(file, STALLED_READS);
  return syscall(SYS_read, file, bytes, count);
}

ssize_t pread64(int file, void *bytes, size_t count, off64_t place) {
  hold(file, STALLED_READS);
  return syscall(SYS_pread64, file, bytes, count, place);
}

ssize_t pread(int file, void *bytes, size_t count, off_t place) {
  return pread64(file, bytes, count, place);
}

int fsync(int file) {
  hold(file, STALLED_WRITES);
  return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
  hold(file, STALLED_WRITES);
  return (int)syscall(SYS_fdatasync, file);
}

int rename(const char *path, const char *new_path) {
  if (atomic_load(&active) != 0) hold_path(path, STALLED_WRITES);
  return (int)syscall(SYS_renameat2, -100, path, -100, new_path, 0);
}
