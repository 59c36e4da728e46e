/* Rankings that follow each other and do not ask for one another's places, at once.
 *
 * In: the passes from one that ranks on. Out: as vm_rank.
 * Decision: a ranking is sorted by one thread; several of many units (places, the quotas of grades) are shared out, each to
 * whichever is free. Cost: an arena for each thread that stays open as long as the run's, as vectors lie there.
 */
#include "batch.h"

#include <pthread.h>
#include <stdatomic.h>

enum { WORTH_WHILE = 4096, MOST = 16 }; /* units whose sorting takes longer than starting a thread */

struct task {
    pthread_t thread;
    struct arena *arena;
    struct run *run;
    const struct pass *passes; /* count of them */
    uint32_t count;
    atomic_uint *next;    /* of them */
    bool started, failed; /* failed: no memory */
};

static bool is_output(const struct rank *rank, uint32_t figure)
{
    return figure != NO_FIGURE &&
           (figure == rank->place || figure == rank->from_last || figure == rank->ordinal || figure == rank->size);
}

/* Whether a ranking may run beside an earlier one: it reads none of its outputs. */
static bool is_apart(const struct rank *rank, const struct rank *earlier)
{
    bool apart = !is_output(earlier, rank->mask);
    for (uint32_t k = 0; k < rank->key_count; k++) apart &= !is_output(earlier, rank->keys[k]);
    for (uint32_t k = 0; k < rank->partition_count; k++) apart &= !is_output(earlier, rank->partition[k]);
    return apart;
}

/* Quotients may be big, and live in a table that one thread has. */
static bool is_of_numbers(const struct run *run, const struct rank *rank)
{
    for (uint32_t k = 0; k < rank->key_count; k++) {
        if (run->program->figures[rank->keys[k]].kind != REG_NUMBER) return false;
    }
    return run->lanes[rank->space] >= WORTH_WHILE;
}

/* How many passes from p on may run at once; 1 at least. */
static uint32_t count_together(const struct run *run, uint32_t p)
{
    const struct program *program = run->program;
    uint32_t count = 0;
    for (; p + count < program->pass_count && count < MOST; count++) {
        const struct pass *pass = &program->passes[p + count];
        if (pass->kind != PASS_RANK) break;
        const struct rank *rank = &program->ranks[pass->barrier];
        bool fine = is_of_numbers(run, rank);
        for (uint32_t k = 0; k < count && fine; k++) fine = is_apart(rank, &program->ranks[program->passes[p + k].barrier]);
        if (!fine) break;
    }
    return count ? count : 1;
}

static void *rank_some(void *what)
{
    struct task *task = what;
    if (setjmp(*arena_trap(task->arena))) {
        task->failed = true;
        return NULL;
    }
    for (uint32_t k; (k = atomic_fetch_add(task->next, 1)) < task->count;) {
        vm_rank(task->arena, task->run, &task->run->program->ranks[task->passes[k].barrier]);
    }
    return NULL;
}

uint32_t vm_ranks(struct arena *arena, struct run *run, uint32_t p, const struct run_options *options)
{
    const struct program *program = run->program;
    uint32_t count = options->threads > 1 && !options->override_count ? count_together(run, p) : 1;
    uint32_t threads = count < (uint32_t)options->threads ? count : (uint32_t)options->threads;
    if (count == 1) {
        vm_rank(arena, run, &program->ranks[program->passes[p].barrier]);
        return 1;
    }
    atomic_uint next = 0;
    struct task tasks[MOST];
    bool memory = true;
    for (uint32_t k = 0; k < threads; k++) {
        tasks[k] = (struct task){
            .arena = arena_open_child(arena), .run = run, .passes = &program->passes[p], .count = count, .next = &next};
        memory = memory && tasks[k].arena;
    }
    for (uint32_t k = 1; k < threads && memory; k++) {
        tasks[k].started =
            pthread_create(&tasks[k].thread, NULL, rank_some, &tasks[k]) == 0; /* if not, there are the others */
    }
    if (memory) rank_some(&tasks[0]);
    for (uint32_t k = 1; k < threads && memory; k++) {
        if (tasks[k].started) pthread_join(tasks[k].thread, NULL);
    }
    for (uint32_t k = 0; k < threads; k++) memory = memory && !tasks[k].failed;
    if (!memory) arena_fail(arena);
    return count;
}
