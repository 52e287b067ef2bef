/* jalon.exe and jalon-console.exe beside `current`: start the version that `current` names, with the same arguments.

   They are what shortcuts and the file type point at, so that an update replaces one line and no program that is running.
   Each waits, and its exit code is the program's. Built twice: with CONSOLE for the terminal, and for the window, where the
   program gets no terminal. The latter stands in a version's own folder, too, and starts the program beside it. */
#include <windows.h>
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <wchar.h>

#define PROGRAM L"jalon-console.exe"
#ifdef CONSOLE
#define TERMINAL 0
#else
#define TERMINAL CREATE_NO_WINDOW
#endif

enum { LONGEST = 32768 };

static const struct { WORD language; const wchar_t *text; } NOT_WHOLE[] = {
    {LANG_ENGLISH, L"This copy of Jalon is not whole. Install Jalon again; your records stay where they are."},
    {LANG_FRENCH, L"Cette copie de Jalon n\x2019" L"est pas complète. Réinstallez Jalon\x202F; vos registres restent où ils sont."},
    {LANG_SPANISH, L"Esta copia de Jalon no está completa. Vuelva a instalar Jalon; sus registros se quedan donde están."},
    {LANG_ARABIC, L"هذه النسخة من Jalon غير كاملة. أعد تثبيت Jalon؛ تبقى سجلاتك في مكانها."},
};

static int refuse(void)
{
    WORD spoken = PRIMARYLANGID(GetUserDefaultUILanguage());
    const wchar_t *text = NOT_WHOLE[0].text;
    for (size_t i = 0; i < sizeof NOT_WHOLE / sizeof *NOT_WHOLE; i++)
        if (NOT_WHOLE[i].language == spoken)
            text = NOT_WHOLE[i].text;
#ifdef CONSOLE
    _setmode(_fileno(stderr), _O_U8TEXT);
    fwprintf(stderr, L"%ls\n", text);
#else
    MessageBoxW(NULL, text, L"Jalon", MB_ICONERROR | (spoken == LANG_ARABIC ? MB_RTLREADING | MB_RIGHT : 0));
#endif
    return 1;
}

/* What `current` names: a folder in `versions`, and nothing that would lead out of it. */
static BOOL named(HANDLE current, wchar_t *name, int room)
{
    char line[128];
    DWORD length = 0;
    BOOL read = ReadFile(current, line, sizeof line - 1, &length, NULL);
    while (length && strchr("\r\n \t", line[length - 1]))
        length--;
    line[length] = 0;
    if (!read || !length || line[0] == '.' || strspn(line, "0123456789abcdefghijklmnopqrstuvwxyz.+-") != length)
        return FALSE;
    return MultiByteToWideChar(CP_UTF8, 0, line, -1, name, room) > 0;
}

/* Where the program lies, from the folder of this one. */
static BOOL found(const wchar_t *folder, wchar_t *path)
{
    wchar_t version[128];
    if (swprintf(path, LONGEST, L"%ls\\current", folder) < 0)
        return FALSE;
    HANDLE current = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                                 OPEN_EXISTING, 0, NULL);
    if (current == INVALID_HANDLE_VALUE)
        return swprintf(path, LONGEST, L"%ls\\_internal", folder) > 0 && GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES &&
               swprintf(path, LONGEST, L"%ls\\" PROGRAM, folder) > 0;
    BOOL whole = named(current, version, 128);
    CloseHandle(current);
    return whole && swprintf(path, LONGEST, L"%ls\\versions\\%ls\\" PROGRAM, folder, version) > 0;
}

/* What follows the program's own name in the command line, exactly as it was given. */
static const wchar_t *arguments(void)
{
    const wchar_t *at = GetCommandLineW();
    for (BOOL quoted = FALSE; *at && (quoted || (*at != L' ' && *at != L'\t')); at++)
        if (*at == L'"')
            quoted = !quoted;
    return at;
}

#ifdef CONSOLE
/* Ctrl+C is for the program: it stops what it does, and this one passes its exit code on. */
static BOOL WINAPI leave_it_to_the_program(DWORD event)
{
    return event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT;
}
#endif

static int launch(void)
{
    static wchar_t folder[LONGEST], path[LONGEST], line[LONGEST];
    DWORD code = 1, length = GetModuleFileNameW(NULL, folder, LONGEST);
    wchar_t *end = length && length < LONGEST ? wcsrchr(folder, L'\\') : NULL;
    if (!end)
        return refuse();
    *end = 0;
    if (!found(folder, path) || swprintf(line, LONGEST, L"\"%ls\"%ls", path, arguments()) < 0)
        return refuse();

    STARTUPINFOW ours, theirs = {.cb = sizeof theirs};
    PROCESS_INFORMATION process;
    GetStartupInfoW(&ours);
    theirs.dwFlags = ours.dwFlags & (STARTF_USESHOWWINDOW | STARTF_USESTDHANDLES);
    theirs.wShowWindow = ours.wShowWindow;
    theirs.hStdInput = ours.hStdInput, theirs.hStdOutput = ours.hStdOutput, theirs.hStdError = ours.hStdError;
    if (!CreateProcessW(path, line, NULL, NULL, TRUE, TERMINAL, NULL, NULL, &theirs, &process))
        return refuse();
    AllowSetForegroundWindow(process.dwProcessId);
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    return (int)code;
}

#ifdef CONSOLE
int wmain(void)
{
    SetConsoleCtrlHandler(leave_it_to_the_program, TRUE);
    return launch();
}
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE previous, wchar_t *given, int shown)
{
    (void)instance, (void)previous, (void)given, (void)shown;
    return launch();
}
#endif
