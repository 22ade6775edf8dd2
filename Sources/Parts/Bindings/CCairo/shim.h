#pragma once
#include <cairo.h>
/* The sine and cosine for points on circles. */
#include <math.h>
