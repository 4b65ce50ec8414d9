/*
 * What our indicator kernels are held against (P1): the same loops in C, -O3, on the same numbers. Told on standard input
 * `<kernel> <rounds>`, it answers with the nanoseconds of processor that one bar took. With TALIB it is TA-Lib's own
 * functions that run instead of the loops here (P4).
 */
#define _POSIX_C_SOURCE 199309L
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double *high, *low, *last, *out[3];
static long count;

#ifdef TALIB
#include "ta_libc.h"

static void run(const char *name) {
  const int end = (int)count - 1;
  int begin, made;
  TA_RetCode code = TA_BAD_PARAM;
  if (!strcmp(name, "sma")) code = TA_SMA(0, end, last, 20, &begin, &made, out[0]);
  else if (!strcmp(name, "ema")) code = TA_EMA(0, end, last, 20, &begin, &made, out[0]);
  else if (!strcmp(name, "rsi")) code = TA_RSI(0, end, last, 14, &begin, &made, out[0]);
  else if (!strcmp(name, "macd"))
    code = TA_MACD(0, end, last, 12, 26, 9, &begin, &made, out[0], out[1], out[2]);
  else if (!strcmp(name, "bbands"))
    code = TA_BBANDS(0, end, last, 20, 2, 2, TA_MAType_SMA, &begin, &made, out[0], out[1], out[2]);
  else if (!strcmp(name, "atr")) code = TA_ATR(0, end, high, low, last, 14, &begin, &made, out[0]);
  if (code != TA_SUCCESS || made < count / 2) exit(2);
}
#else

static void sma(int period) {
  double sum = 0;
  for (long i = 0; i < period; i++) sum += last[i];
  out[0][period - 1] = sum / period;
  for (long i = period; i < count; i++) {
    sum += last[i] - last[i - period];
    out[0][i] = sum / period;
  }
}

static void ema(int period) {
  const double factor = 2.0 / (period + 1);
  double average = 0;
  for (long i = 0; i < period; i++) average += last[i];
  average /= period;
  for (long i = period; i < count; i++) {
    average += factor * (last[i] - average);
    out[0][i] = average;
  }
}

static void rsi(int period) {
  const double factor = 1.0 / period;
  double gain = 0, loss = 0, before = last[0];
  for (long i = 1; i < count; i++) {
    const double move = last[i] - before, size = fabs(move);
    before = last[i];
    gain += factor * (0.5 * (size + move) - gain);
    loss += factor * (0.5 * (size - move) - loss);
    const double all = gain + loss;
    out[0][i] = all < 1e-14 ? 0 : 100 * (gain / all);
  }
}

static void macd(int fast, int slow, int signal) {
  const double f = 2.0 / (fast + 1), s = 2.0 / (slow + 1), g = 2.0 / (signal + 1);
  double quick = last[0], calm = last[0], average = 0;
  for (long i = 0; i < count; i++) {
    quick += f * (last[i] - quick);
    calm += s * (last[i] - calm);
    const double line = quick - calm;
    average += g * (line - average);
    out[0][i] = line;
    out[1][i] = average;
    out[2][i] = line - average;
  }
}

static void bbands(int period, double wide) {
  const double pivot = last[0];
  double sum = 0, squares = 0;
  for (long i = 0; i < count; i++) {
    const double entering = last[i] - pivot, leaving = i < period ? 0 : last[i - period] - pivot;
    sum += entering - leaving;
    squares += (entering - leaving) * (entering + leaving);
    const double mean = sum / period, variance = squares / period - mean * mean;
    const double deviation = variance < 1e-14 ? 0 : sqrt(variance);
    out[0][i] = pivot + mean + wide * deviation;
    out[1][i] = pivot + mean;
    out[2][i] = pivot + mean - wide * deviation;
  }
}

static void atr(int period) {
  const double keep = (period - 1.0) / period, half = 0.5 / period;
  double average = 0, before = last[0];
  for (long i = 1; i < count; i++) {
    average = average * keep + half * (high[i] - low[i] + (fabs(high[i] - before) + fabs(before - low[i])));
    before = last[i];
    out[0][i] = average;
  }
}

static void run(const char *name) {
  if (!strcmp(name, "sma")) sma(20);
  else if (!strcmp(name, "ema")) ema(20);
  else if (!strcmp(name, "rsi")) rsi(14);
  else if (!strcmp(name, "macd")) macd(12, 26, 9);
  else if (!strcmp(name, "bbands")) bbands(20, 2);
  else if (!strcmp(name, "atr")) atr(14);
  else exit(2);
}
#endif

static double *column(void) {
  double *values = calloc(count, sizeof(double));
  if (!values) exit(3);
  return values;
}

int main(int words, char **word) {
#ifdef TALIB
  if (TA_Initialize() != TA_SUCCESS) return 4;
#endif
  count = words > 1 ? atol(word[1]) : 0;
  if (count < 100) return 2;
  high = column(), low = column(), last = column();
  for (int i = 0; i < 3; i++) out[i] = column();
  double price = 40000;
  unsigned seed = 1;
  for (long i = 0; i < count; i++) {
    seed = seed * 1664525u + 1013904223u;
    price += 100 * ((int)(seed >> 16) % 7 - 3);
    if (price < 10000) price = 10000;
    last[i] = price, high[i] = price + 100, low[i] = price - 100;
  }
  char name[16];
  int rounds;
  while (scanf("%15s %d", name, &rounds) == 2) {
    struct timespec from, to;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    for (int i = 0; i < rounds; i++) run(name);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    printf("%f\n", ((to.tv_sec - from.tv_sec) * 1e9 + (to.tv_nsec - from.tv_nsec)) / ((double)count * rounds));
    fflush(stdout);
  }
  return 0;
}
