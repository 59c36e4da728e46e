/* Questions about opcodes that more than one module of the machine asks. */
#ifndef KAOHE_RUNTIME_OPCODE_IS_H
#define KAOHE_RUNTIME_OPCODE_IS_H

#include "program.h"

static inline bool opcode_is_extreme(enum opcode op)
{
    return op == OP_CODE_SINK_MAX || op == OP_CODE_SINK_MIN || op == OP_CODE_SINK_MAX_Q || op == OP_CODE_SINK_MIN_Q;
}

static inline bool opcode_is_sink(enum opcode op)
{
    return opcode_is_extreme(op) || op == OP_CODE_SINK_SUM || op == OP_CODE_SINK_SUM_Q || op == OP_CODE_SINK_COUNT ||
           op == OP_CODE_SINK_ANY;
}

static inline bool opcode_is_store(enum opcode op)
{
    return op == OP_CODE_STORE_N || op == OP_CODE_STORE_Q || op == OP_CODE_STORE_M;
}

static inline bool opcode_is_ledger(enum opcode op)
{
    return op == OP_CODE_LEDGER_N || op == OP_CODE_LEDGER_Q || op == OP_CODE_LEDGER_OF;
}

#endif
