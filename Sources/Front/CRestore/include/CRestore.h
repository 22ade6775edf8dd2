#pragma once
#include <stddef.h>

// Gives the terminal back however the program ends: by return, exit(), a signal or a crash.
//
// All of it is process-wide, as a terminal is. What a signal handler needs is prepared beforehand in
// static memory; the handler uses async-signal-safe calls only (signal-safety(7)).
// One thread, the terminal's, may call these functions; the handlers may interrupt any.

// Remembers the line's modes. To be called before they are changed. Returns 0, or errno.
int restore_remember(int terminal);

// Sets the modes of a full screen: every key as it is typed, no echo, no signals, output as it is
// written. Waits for nothing. Returns 0, or errno.
int restore_set_raw(void);

// The character the line erases with (VERASE), as remembered.
unsigned char restore_erase_character(void);

// What to send to leave the screen as it was found. Cut at 1 KiB.
void restore_set_bytes(const char *bytes, size_t count);

// From now on the terminal is ours, and any end of the program gives it back.
void restore_arm(void);

// The terminal has been given back in order; nothing is left to do.
void restore_disarm(void);

// Sets the remembered modes and drops input that nobody read. Returns 0, or errno.
int restore_modes(void);

// Keeps standard error away from the screen while it is up, if it is a terminal at all.
void restore_capture_errors(void);

// Gives standard error back and shows what was kept, at most its last 64 KiB.
void restore_release_errors(void);
