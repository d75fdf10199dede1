/* Says that there are as many cores as the variable CORES does, in the C library's place. */
#define _GNU_SOURCE
#include <sched.h>
#include <stdlib.h>
#include <string.h>

int sched_getaffinity(pid_t process, size_t size, cpu_set_t *set) {
    memset(set, 0, size);
    for (int core = 0; core < atoi(getenv("CORES")); core++) CPU_SET_S(core, size, set);
    return 0;
}
