/* Windows' own source of random bytes, which Wine 8 lacks. For the Wine prefix alone: it is never part of what is built. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(unsigned char *bytes, size_t count)
{
    return RtlGenRandom(bytes, (ULONG)count);
}
