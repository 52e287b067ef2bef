# Builds Jalon for Windows on Windows: powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1
#
# What a release is made with: python.org's own Python 3.11 (py -3.11), the same spec and the same setup.nsi as `build`, which
# shows the same from Debian at every landing. Needed beside Python: Git, NSIS 3.08 or newer (makensis), Visual Studio's build
# tools (cl, rc: a "Developer PowerShell"), for the MSI the WiX Toolset 3 (candle, light), for signatures signtool.
# JALON_CERTIFICATE is the SHA-1 thumbprint of a certificate in the signer's store or token, JALON_TIMESTAMP the authority's
# address. What it makes lies in build\windows\out. Written beside `build`, and not yet run on a Windows machine.
$ErrorActionPreference = "Stop"
Set-StrictMode -Version Latest

$checkout = (Resolve-Path "$PSScriptRoot\..\..").Path
$work = "$checkout\build\windows"
$out = "$work\out"
$root = "$work\source"
$here = "$root\packaging\windows"
$environment = "$work\environment"
$python = "$environment\Scripts\python.exe"
if (-not $env:SOURCE_DATE_EPOCH) { $env:SOURCE_DATE_EPOCH = git -C $checkout log -1 --format=%ct }
$env:PYTHONHASHSEED = "1"
$env:PYTHONNODEBUGRANGES = "1"

function Invoke-Program {
    $program, $rest = $args
    & $program @rest
    if ($LASTEXITCODE -ne 0) { throw "$program ended with $LASTEXITCODE" }
}

# Files that their makers signed keep their makers' signatures.
function Add-Signature([string[]]$files) {
    if (-not $env:JALON_CERTIFICATE) {
        Write-Warning "Not signed: no certificate was given (JALON_CERTIFICATE). Windows will warn whoever starts this."
        return
    }
    $unsigned = @($files | Where-Object { (Get-AuthenticodeSignature $_).Status -eq "NotSigned" })
    if ($unsigned) { Invoke-Program signtool sign /q /fd sha256 /td sha256 /tr $env:JALON_TIMESTAMP /sha1 $env:JALON_CERTIFICATE @unsigned }
}

Remove-Item $out, $root, "$work\Jalon", "$work\frozen", "$work\freezing" -Recurse -Force -ErrorAction SilentlyContinue
New-Item $out, $root -ItemType Directory -Force | Out-Null
# The commit, and not what lies in the checkout. By a file: a pipe of PowerShell's would take the bytes for text.
Invoke-Program git -C $checkout -c core.autocrlf=false archive "--output=$work\source.tar" HEAD
Invoke-Program "$env:SystemRoot\System32\tar.exe" -xf "$work\source.tar" -C $root
Set-Location $root
$version = [regex]::Match((Get-Content desktop\__init__.py -Raw), '(?m)^VERSION = "(.*)"').Groups[1].Value

# The digests come first: whatever a mirror sends is refused unless it is the file that was locked.
if (-not (Test-Path $python)) { Invoke-Program py -3.11 -m venv $environment }
foreach ($lock in "requirements", "requirements-freeze", "requirements-windows") {
    $wanted = "$work\$lock.lock"
    # CPython's own files come with python.org's Python here.
    [IO.File]::WriteAllText($wanted, ((Get-Content "packaging\$lock.lock" -Raw) -replace '(?s)panda3d==.*?# via[^\n]*\n', ''))
    Invoke-Program $python -m pip install --quiet --require-hashes --no-deps --only-binary :all: --requirement $wanted
}

Invoke-Program $python -X utf8 -m i18n.build
Invoke-Program $python -X utf8 -m PyInstaller --noconfirm --log-level WARN --distpath "$work\frozen" --workpath "$work\freezing" packaging\jalon.spec

# An installed copy as it stands on a computer or a stick: launchers, the line that names the version, the version.
$copy = "$work\Jalon"
$folder = "$copy\versions\$version"
New-Item "$copy\versions" -ItemType Directory -Force | Out-Null
Move-Item "$work\frozen\jalon" $folder
$numbers = ($version -split '\.') + "0" -join ","
[IO.File]::WriteAllText("$work\version.h", "#define VERSION_NUMBERS $numbers`n#define VERSION_TEXT `"$version`"`n")
Push-Location $here
foreach ($name in "jalon", "jalon-console") {
    $told, $kind = if ($name -eq "jalon") { @(), "WINDOWS" } else { @("/DCONSOLE"), "CONSOLE" }
    Invoke-Program rc /nologo /i $work @told /fo "$work\$name.res" launch.rc
    Invoke-Program cl /nologo /std:c17 /utf-8 /O1 /MT /W3 @told "/Fo$work\$name.obj" "/Fe$copy\$name.exe" launch.c "$work\$name.res" /link /Brepro /MANIFEST:NO "/SUBSYSTEM:$kind" user32.lib
}
Pop-Location
Copy-Item "$copy\jalon.exe" $folder
[IO.File]::WriteAllText("$copy\current", "$version`n")
Add-Signature (Get-ChildItem $copy -Recurse -Include *.exe, *.dll, *.pyd).FullName
Invoke-Program $python packaging\licences.py $folder --platform windows-x86_64
Invoke-Program $python packaging\listing.py $folder --platform windows-x86_64

Invoke-Program "$folder\jalon-console.exe" self-test

$sign = if ($env:JALON_CERTIFICATE) { @("/DSIGN=$here\sign.cmd") } else { @() }
Invoke-Program makensis /V2 /INPUTCHARSET UTF8 "/DVERSION=$version" "/DSOURCE=$copy" "/DOUTPUT=$out\jalon-$version-setup.exe" @sign "$here\setup.nsi"
if (Get-Command candle -ErrorAction SilentlyContinue) {
    Invoke-Program $python "$here\files.py" $folder "$work\files.wxs"
    Push-Location $here
    Invoke-Program candle -nologo -arch x64 "-dVersion=$version" "-dProductCode=*" -out "$work\" product.wxs "$work\files.wxs"
    Invoke-Program light -nologo -b $work -b $here -out "$out\jalon-$version.msi" "$work\product.wixobj" "$work\files.wixobj"
    Pop-Location
}
Add-Signature (Get-ChildItem $out).FullName
Push-Location $work
Invoke-Program $python -m zipfile -c "$out\jalon-$version-portable.zip" Jalon
Pop-Location
Get-ChildItem $out | Get-FileHash -Algorithm SHA256 | ForEach-Object { "$($_.Hash.ToLower())  $(Split-Path $_.Path -Leaf)" } |
    Set-Content "$out\SHA256SUMS" -Encoding ascii
