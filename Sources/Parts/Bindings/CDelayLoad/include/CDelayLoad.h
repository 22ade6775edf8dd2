#pragma once

/* Libraries that are opened when one of their functions is first called, so that a start does not wait for them:
   libcurl alone brings thirty others. `stubs.S` defines their functions by the names that their headers declare,
   so callers know nothing of it. Where no stubs are (another processor than x86-64) the libraries are linked as
   usual. The names of the files are those of the distribution's runtime packages. */
