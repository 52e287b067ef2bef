/* Stands between a program and its disk, put there by LD_PRELOAD: keeps in a log what the program asked of the disk in
 * one folder, in its order, and lets a sync fail when it is told to. What it is told, it does: only the log is added.
 *
 * An entry of the log is its kind, a file's number, a place in the file, a length, and as many bytes. The folder and the
 * log are named by DISK_FOLDER and DISK_LOG; tests/faults/disk.py reads the log. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOST 65536

int disk_syncs_left = -1; /* how many syncs are still done before one fails; none fails below 0 */
int disk_syncs_failed = 0;

static uint32_t number_of[MOST], last_number = 0;
static int log_file = -2;
static const char *folder = NULL;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static void note(char kind, uint32_t number, uint64_t place, const void *bytes, uint32_t length) {
    if (log_file < 0) return;
    pthread_mutex_lock(&turn);
    struct __attribute__((packed)) { char kind; uint32_t number; uint64_t place; uint32_t length; } head
        = {kind, number, place, length};
    syscall(SYS_write, log_file, &head, sizeof head);
    if (bytes && length) syscall(SYS_write, log_file, bytes, (size_t)length);
    pthread_mutex_unlock(&turn);
}

static int ours(const char *path) {
    if (log_file == -2) {
        const char *log = getenv("DISK_LOG");
        folder = getenv("DISK_FOLDER");
        log_file = log ? (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    }
    return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static uint32_t tracked(int file) { return file >= 0 && file < MOST ? number_of[file] : 0; }

void disk_told(uint32_t number) { note('A', number, 0, NULL, 0); }

static int opened(const char *path, int flags, mode_t mode) {
    int file = (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_LARGEFILE, mode);
    if (file >= 0 && file < MOST) {
        number_of[file] = 0;
        if (ours(path)) {
            struct stat is;
            fstat(file, &is);
            number_of[file] = __atomic_add_fetch(&last_number, 1, __ATOMIC_SEQ_CST);
            char kind = S_ISDIR(is.st_mode) ? 'D' : flags & O_TRUNC ? 'T' : 'O';
            note(kind, number_of[file], 0, path, (uint32_t)strlen(path));
        }
    }
    return file;
}

#define OPENS(name)                                                     \
    int name(const char *path, int flags, ...) {                        \
        mode_t mode = 0;                                                \
        if (flags & O_CREAT) {                                          \
            va_list more;                                               \
            va_start(more, flags);                                      \
            mode = va_arg(more, mode_t);                                \
            va_end(more);                                               \
        }                                                               \
        return opened(path, flags, mode);                               \
    }
OPENS(open)
OPENS(open64)

int close(int file) {
    if (tracked(file)) number_of[file] = 0;
    return (int)syscall(SYS_close, file);
}

static ssize_t put(int file, const void *bytes, ssize_t done, off_t place) {
    if (done > 0 && tracked(file)) note('W', tracked(file), (uint64_t)place, bytes, (uint32_t)done);
    return done;
}

ssize_t write(int file, const void *bytes, size_t length) {
    off_t place = tracked(file) ? lseek(file, 0, SEEK_CUR) : 0;
    return put(file, bytes, syscall(SYS_write, file, bytes, length), place);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t place) {
    return put(file, bytes, syscall(SYS_pwrite64, file, bytes, length, place), place);
}
ssize_t pwrite64(int file, const void *bytes, size_t length, off_t place) { return pwrite(file, bytes, length, place); }

int ftruncate(int file, off_t length) {
    int done = (int)syscall(SYS_ftruncate, file, length);
    if (done == 0 && tracked(file)) note('L', tracked(file), (uint64_t)length, NULL, 0);
    return done;
}
int ftruncate64(int file, off_t length) { return ftruncate(file, length); }

static int synced(int file, long call) {
    if (!tracked(file)) return (int)syscall(call, file);
    if (disk_syncs_left == 0) {
        disk_syncs_failed++;
        errno = EIO;
        return -1;
    }
    if (disk_syncs_left > 0) disk_syncs_left--;
    int done = (int)syscall(call, file);
    if (done == 0) note('S', tracked(file), 0, NULL, 0);
    return done;
}
int fsync(int file) { return synced(file, SYS_fsync); }
int fdatasync(int file) { return synced(file, SYS_fdatasync); }

int unlink(const char *path) {
    int done = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (done == 0 && ours(path)) note('U', 0, 0, path, (uint32_t)strlen(path));
    return done;
}

int rename(const char *from, const char *to) {
    int done = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (done == 0 && ours(from)) {
        note('N', 0, strlen(from), from, (uint32_t)strlen(from));
        note('M', 0, 0, to, (uint32_t)strlen(to));
    }
    return done;
}
