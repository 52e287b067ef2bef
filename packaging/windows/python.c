/* python.exe for building only: what python.org's own starter does. It never leaves the building machine. */
#include <windows.h>

typedef int (*entrance)(int, wchar_t **);

int wmain(int count, wchar_t **arguments)
{
    HMODULE python = LoadLibraryW(L"python311.dll");
    entrance enter = python ? (entrance)(void *)GetProcAddress(python, "Py_Main") : NULL;
    return enter ? enter(count, arguments) : 1;
}
