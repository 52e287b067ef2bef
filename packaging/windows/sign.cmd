@rem What setup.nsi has the uninstaller signed with, before it is packed: sign.cmd FILE. See build.ps1 for the two variables.
@signtool sign /q /fd sha256 /td sha256 /tr "%JALON_TIMESTAMP%" /sha1 %JALON_CERTIFICATE% "%~1"
