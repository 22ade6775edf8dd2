#pragma once
// Loaded with LD_PRELOAD into a program whose clock is to be set: shifts the time of day by the seconds
// that stand in the file named by SKEWED_CLOCK, also while the program runs. libfaketime does the same,
// but changes the environment before Swift's runtime has found the arguments beside it.
