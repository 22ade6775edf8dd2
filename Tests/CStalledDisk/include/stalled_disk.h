#pragma once
// Linked into a program of tests: has its writes below a directory wait, as on a disk that hangs. Everything
// else goes to the kernel as it is. No file system that is there without root can be stopped like that.

// What waits.
enum {
  // write(2) and the like, fsync(2), new names.
  STALLED_WRITES = 1,
  // read(2) and pread(2).
  STALLED_READS = 2,
};

// Stops what happens below an absolute path without links from now on. Returns its number, or -1 where there are
// too many.
int stalled_disk_begin(const char *path, int kinds);
// Waits until something waits for it.
void stalled_disk_await(int number);
// Whether anything has waited for it.
int stalled_disk_holds(int number);
// Lets everything go on.
void stalled_disk_end(int number);
