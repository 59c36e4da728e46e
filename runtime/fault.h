/* Faults: what a lane carries instead of a value.
 *
 * Decision: one byte, ordered, so that joining two faults is the larger; open ones (somebody has yet to decide) lie below
 * errors (the data cannot give a value). Cost: only the worst survives a sum; the fault log keeps the places.
 */
#ifndef KAOHE_RUNTIME_FAULT_H
#define KAOHE_RUNTIME_FAULT_H

#include <stdbool.h>
#include <stdint.h>

enum fault {
    FAULT_NONE = 0,
    FAULT_UNDECIDED = 1, /* `undecided` fired, or a choose line says so */
    FAULT_JUDGED = 2,    /* a judged figure is not in the table `decision` */
    FAULT_NO_CASE = 3,   /* no line of a choose or by holds */
    FAULT_NO_GRADE = 4,  /* no grade covers the total */
    FAULT_ERROR = 16,    /* from here on: errors */
    FAULT_BLANK = 16,    /* a blank was read */
    FAULT_EMPTY = 17,    /* average, highest or lowest of nothing */
    FAULT_ZERO = 18,     /* division by 0 */
    FAULT_OVERFLOW = 19, /* beyond 64 bits, or a date out of the calendar */
    FAULT_WRONG = 20,    /* a cell that is not in order, and has been reported; only when checks are tried all the same */
    FAULT_UNSEEN = 255,  /* inside a minimum or maximum: nothing arrived yet */
};

static inline bool fault_is_open(uint8_t fault) { return fault > FAULT_NONE && fault < FAULT_ERROR; }
static inline bool fault_is_error(uint8_t fault) { return fault >= FAULT_ERROR; }
static inline uint8_t fault_join(uint8_t a, uint8_t b) { return a > b ? a : b; }

#endif
