/* Faults: makes one chosen system call of a run fail that changes something below one folder.

   A library that is preloaded by, or loaded into, every process of a run. A seccomp filter has the kernel raise
   SIGSYS instead of each call that may change a file, and the handler does the call itself, or fails it. That
   sees what a preloaded write() would not: calls inside of libc's own streams, and those of libraries that
   pass libc by. Calls are counted over all processes and threads in a file that they share, FAULTS_CONTROL,
   whose layout layer.py repeats. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#define ARGUMENT(c, n) ((c)->uc_mcontext.gregs[(const int[]){REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8}[n]])
#define RESULT(c) ((c)->uc_mcontext.gregs[REG_RAX])
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#define ARGUMENT(c, n) ((c)->uc_mcontext.regs[n])
#define RESULT(c) ((c)->uc_mcontext.regs[0])
#else
#error "unknown processor"
#endif

/* Our own calls carry this where no call below has an argument, and the filter lets them pass. */
#define OURS 0x7e105a11u

enum fault { NONE, EIO_ONCE, FULL, SHORT, PART, KILL, TORN };
/* The disk is full from there on; half is written, and then it is full; half is written, and all goes on;
   killed before the call; killed when half is written. */

struct control {
    long long count, at; /* calls so far; the one that fails */
    int fault, full, group, struck; /* full: now; group: of processes to kill; struck: whether it took effect */
    char folder[480];
    struct { char name[16]; char path[240]; } calls[8192];
};

enum kind { WRITE, PLACED, VECTOR, SEND, ROOM, NO_ROOM }; /* what holds data, what needs room for a name, the rest */
static const struct call { int number, path, directory, kind; const char *name; } calls[] = {
    /* number, which argument is the path (-1: the first is a descriptor) and which its folder (-1: none) */
    {SYS_write, -1, -1, WRITE, "write"}, {SYS_pwrite64, -1, -1, PLACED, "pwrite"},
    {SYS_writev, -1, -1, VECTOR, "writev"}, {SYS_sendfile, -1, -1, SEND, "sendfile"},
    {SYS_fsync, -1, -1, ROOM, "fsync"}, {SYS_fdatasync, -1, -1, ROOM, "fdatasync"},
    {SYS_fallocate, -1, -1, ROOM, "fallocate"}, {SYS_ftruncate, -1, -1, NO_ROOM, "ftruncate"},
    {SYS_fchmod, -1, -1, NO_ROOM, "fchmod"}, {SYS_fchmodat, 1, 0, NO_ROOM, "chmod"},
    {SYS_openat, 1, 0, ROOM, "create"}, {SYS_mkdirat, 1, 0, ROOM, "mkdir"},
    {SYS_unlinkat, 1, 0, NO_ROOM, "unlink"}, {SYS_renameat2, 3, 2, ROOM, "rename"},
    {SYS_linkat, 3, 2, ROOM, "link"}, {SYS_symlinkat, 2, 1, ROOM, "symlink"},
    {SYS_truncate, 0, -1, NO_ROOM, "truncate"},
#ifdef SYS_renameat
    {SYS_renameat, 3, 2, ROOM, "rename"},
#endif
#ifdef SYS_open
    {SYS_open, 0, -1, ROOM, "create"}, {SYS_creat, 0, -1, ROOM, "create"}, {SYS_mkdir, 0, -1, ROOM, "mkdir"},
    {SYS_unlink, 0, -1, NO_ROOM, "unlink"}, {SYS_rmdir, 0, -1, NO_ROOM, "rmdir"}, {SYS_rename, 1, -1, ROOM, "rename"},
    {SYS_link, 1, -1, ROOM, "link"}, {SYS_symlink, 1, -1, ROOM, "symlink"}, {SYS_chmod, 0, -1, NO_ROOM, "chmod"},
#endif
};
#define CALLS ((int)(sizeof calls / sizeof *calls))
/* Programs do without these where they are missing. */
static const int missing[] = {SYS_copy_file_range, SYS_pwritev, SYS_pwritev2, SYS_openat2, SYS_io_uring_setup};
#define MISSING ((int)(sizeof missing / sizeof *missing))

static struct control *control;

static long really(long number, long a, long b, long c, long d, long e) {
    long result = syscall(number, a, b, c, d, e, (long)OURS);
    return result == -1 ? -errno : result;
}

static long whole(const struct call *call, const long *a) { return really(call->number, a[0], a[1], a[2], a[3], a[4]); }

/* Where a call's path is below the folder, or NULL. */
static const char *below(const struct call *call, const long *a, char *full) {
    const char *path = call->path < 0 ? "" : (const char *)a[call->path];
    size_t length = 0;
    if (path == NULL) return NULL;
    if (path[0] != '/') {
        char link[48] = "/proc/self/cwd";
        int folder = call->path < 0 ? (int)a[0] : call->directory < 0 ? AT_FDCWD : (int)a[call->directory];
        if (folder != AT_FDCWD) snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t got = readlink(link, full, PATH_MAX - 2);
        if (got < 0) return NULL;
        length = (size_t)got;
        if (call->path >= 0) full[length++] = '/';
    }
    if (length + strlen(path) >= PATH_MAX) return NULL;
    strcpy(full + length, path);
    size_t own = strlen(control->folder);
    if (own == 0 || strncmp(full, control->folder, own) != 0 || (full[own] != '/' && full[own] != 0)) return NULL;
    return full + own;
}

/* Writes half of what a call should write. Returns how much that was, or 0 if it writes nothing or too little. */
static long half(const struct call *call, const long *a) {
    struct iovec *vector = (struct iovec *)a[1];
    switch (call->kind) {
    case WRITE: case PLACED: return a[2] < 2 ? 0 : really(call->number, a[0], a[1], a[2] / 2, a[3], 0);
    case SEND: return a[3] < 2 ? 0 : really(call->number, a[0], a[1], a[2], a[3] / 2, 0);
    case VECTOR:
        for (long i = 0; i < a[2]; i++)
            if (vector[i].iov_len > 1)
                return i ? really(SYS_writev, a[0], a[1], i, 0, 0)
                         : really(SYS_write, a[0], (long)vector[0].iov_base, (long)(vector[0].iov_len / 2), 0, 0);
        return 0;
    default: return 0;
    }
}

static long act(const struct call *call, const long *a) {
    char full[PATH_MAX];
    const char *path = below(call, a, full);
    if (path == NULL) return whole(call, a);
    long long number = __atomic_add_fetch(&control->count, 1, __ATOMIC_SEQ_CST);
    if (number <= (long long)(sizeof control->calls / sizeof *control->calls)) {
        snprintf(control->calls[number - 1].name, sizeof control->calls->name, "%s", call->name);
        snprintf(control->calls[number - 1].path, sizeof control->calls->path, "%s", path);
    }
    int fault = number == control->at ? control->fault : NONE;
    if (fault == FULL) control->full = 1;
    if (control->full && call->kind != NO_ROOM) {
        control->struck = 1;
        return -ENOSPC;
    }
    if (fault == NONE || fault == FULL) return whole(call, a);
    control->struck = 1;
    long written = fault == SHORT || fault == PART || fault == TORN ? half(call, a) : 0;
    if (fault == KILL || fault == TORN) {
        kill(control->group > 1 ? -control->group : getpid(), SIGKILL);
        for (;;) pause();
    }
    if (fault == EIO_ONCE) return -EIO;
    if (fault == SHORT) control->full = 1;
    if (written) return written;
    control->struck = fault == SHORT;
    return fault == SHORT ? -ENOSPC : whole(call, a);
}

static void handle(int signal, siginfo_t *info, void *context) {
    (void)signal;
    int saved = errno;
    ucontext_t *registers = context;
    long arguments[5];
    for (int i = 0; i < 5; i++) arguments[i] = (long)ARGUMENT(registers, i);
    long result = -ENOSYS;
    for (int i = 0; i < CALLS; i++)
        if (calls[i].number == info->si_syscall) {
            result = act(&calls[i], arguments);
            break;
        }
    RESULT(registers) = result;
    errno = saved;
}

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define IF(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)(value), yes, no)
#define IF_ANY(bits, yes, no) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, yes, no)
#define END(action) BPF_STMT(BPF_RET | BPF_K, action)

static int filter(void) {
    struct sock_filter program[2 * (CALLS + MISSING) + 24];
    unsigned short length = 0;
    const struct sock_filter begin[] = {LOAD(arch), IF(ARCH, 1, 0), END(SECCOMP_RET_ALLOW),
                                        LOAD(args[5]), IF(OURS, 0, 1), END(SECCOMP_RET_ALLOW), LOAD(nr)};
    for (size_t i = 0; i < sizeof begin / sizeof *begin; i++) program[length++] = begin[i];
    for (int i = 0; i < MISSING; i++) {
        program[length++] = (struct sock_filter)IF(missing[i], 0, 1);
        program[length++] = (struct sock_filter)END(SECCOMP_RET_ERRNO | ENOSYS);
    }
    /* Of what opens files, only what may make one. */
    const struct sock_filter opening[] = {
        IF(SYS_openat, 0, 4), LOAD(args[2]), IF_ANY(O_CREAT | (O_TMPFILE & ~O_DIRECTORY), 0, 1), END(SECCOMP_RET_TRAP), END(SECCOMP_RET_ALLOW),
#ifdef SYS_open
        IF(SYS_open, 0, 4), LOAD(args[1]), IF_ANY(O_CREAT | (O_TMPFILE & ~O_DIRECTORY), 0, 1), END(SECCOMP_RET_TRAP), END(SECCOMP_RET_ALLOW),
#endif
    };
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++) program[length++] = opening[i];
    for (int i = 0; i < CALLS; i++) {
        program[length++] = (struct sock_filter)IF(calls[i].number, 0, 1);
        program[length++] = (struct sock_filter)END(SECCOMP_RET_TRAP);
    }
    program[length++] = (struct sock_filter)END(SECCOMP_RET_ALLOW);
    struct sock_fprog all = {length, program};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &all);
}

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("FAULTS_CONTROL");
    int file = name ? open(name, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *shared = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (shared == MAP_FAILED) return;
    control = shared;
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO};
    if (sigaction(SIGSYS, &action, NULL) || filter()) perror("faults");
}
