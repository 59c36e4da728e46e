/* Rankings that follow each other and do not ask for one another's places, at once.
 *
 * In: the passes from one that ranks on. Out: as vm_rank.
 * Decision: a ranking is sorted by one thread; several of many units (places, the quotas of grades) have one each. Cost: an
 * arena for each that stays open as long as the run's, as its vectors lie there.
 */
#include "batch.h"

#include <pthread.h>

enum { WORTH_WHILE = 4096, MOST = 16 }; /* units whose sorting takes longer than starting a thread */

struct task {
    pthread_t thread;
    struct arena *arena;
    struct run *run;
    const struct rank *rank;
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

static void *rank_one(void *what)
{
    struct task *task = what;
    if (setjmp(*arena_trap(task->arena)))
        task->failed = true;
    else
        vm_rank(task->arena, task->run, task->rank);
    return NULL;
}

uint32_t vm_ranks(struct arena *arena, struct run *run, uint32_t p, const struct run_options *options)
{
    const struct program *program = run->program;
    uint32_t count = options->threads > 1 && !options->override_count ? count_together(run, p) : 1;
    if (count == 1) {
        vm_rank(arena, run, &program->ranks[program->passes[p].barrier]);
        return 1;
    }
    struct task tasks[MOST] = {0};
    bool memory = true;
    for (uint32_t k = 0; k < count && memory; k++) {
        tasks[k].run = run;
        tasks[k].rank = &program->ranks[program->passes[p + k].barrier];
        tasks[k].arena = arena_open_child(arena);
        memory = tasks[k].arena != NULL;
    }
    for (uint32_t k = 1; k < count && memory; k++) {
        tasks[k].started = pthread_create(&tasks[k].thread, NULL, rank_one, &tasks[k]) == 0;
    }
    if (memory) rank_one(&tasks[0]);
    for (uint32_t k = 1; k < count && memory; k++) {
        if (tasks[k].started)
            pthread_join(tasks[k].thread, NULL);
        else
            rank_one(&tasks[k]);
    }
    for (uint32_t k = 0; k < count; k++) memory = memory && !tasks[k].failed;
    if (!memory) arena_fail(arena);
    return count;
}
