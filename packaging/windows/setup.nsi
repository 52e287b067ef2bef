Target amd64-unicode
; The setup for one person: no administrator, no network. An update replaces `current`, never a program that is running.
;
;   makensis -INPUTCHARSET UTF8 -DVERSION=… -DSOURCE=FOLDER -DOUTPUT=FILE [-DSIGN=PROGRAM] setup.nsi
;   setup.exe [/S] [/LANGUAGE=fr|en|es|ar] [/D=FOLDER]
;
; SOURCE is an installed copy as it is meant to stand: launchers, `current`, versions/VERSION. Exit codes: 2 Jalon is open,
; 3 a newer version is installed there.

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Jalon"
!define CLASSES "Software\Classes"
!define RECORD "Jalon.Record"
!define REPLACE_AND_WRITE_THROUGH 9
!define ASSOCIATIONS_CHANGED 0x08000000

Name "Jalon"
OutFile "${OUTPUT}"
RequestExecutionLevel user
SetCompressor /SOLID /FINAL lzma
SetCompressorDictSize 128
InstallDir "$LOCALAPPDATA\Programs\Jalon"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
ManifestDPIAware true
BrandingText "Jalon ${VERSION}"

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include TextFunc.nsh
!include WordFunc.nsh

!define MUI_ICON "jalon.ico"
!define MUI_UNICON "jalon.ico"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "${UNINSTALL}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"
!define MUI_FINISHPAGE_RUN "$INSTDIR\jalon.exe"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(RECORDS_STAY)"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Spanish"
!insertmacro MUI_LANGUAGE "Arabic"
!insertmacro MUI_RESERVEFILE_LANGDLL

LangString RECORDS_STAY ${LANG_FRENCH} "Jalon sera désinstallé de cet ordinateur. Vos registres, leurs sauvegardes, vos rapports et vos paramètres restent où ils sont : une nouvelle installation les retrouvera."
LangString RECORDS_STAY ${LANG_ENGLISH} "Jalon will be removed from this computer. Your records, their back-ups, your reports and your settings stay where they are: a new installation will find them."
LangString RECORDS_STAY ${LANG_SPANISH} "Jalon se quitará de este equipo. Sus registros, sus copias de seguridad, sus informes y su configuración se quedan donde están: una nueva instalación los encontrará."
LangString RECORDS_STAY ${LANG_ARABIC} "سيُزال Jalon من هذا الحاسوب. تبقى سجلاتك ونسخها الاحتياطية وتقاريرك وإعداداتك في مكانها: سيجدها أي تثبيت جديد."

LangString CLOSE_FIRST ${LANG_FRENCH} "Jalon est ouvert. Fermez-le, puis réessayez."
LangString CLOSE_FIRST ${LANG_ENGLISH} "Jalon is open. Close it, then try again."
LangString CLOSE_FIRST ${LANG_SPANISH} "Jalon está abierto. Ciérrelo y vuelva a intentarlo."
LangString CLOSE_FIRST ${LANG_ARABIC} "Jalon مفتوح. أغلقه ثم أعد المحاولة."

; $1 is what `current` names.
LangString NEWER_HERE ${LANG_FRENCH} "Une version plus récente est installée : $1. Rien n’a été changé."
LangString NEWER_HERE ${LANG_ENGLISH} "A newer version is installed: $1. Nothing was changed."
LangString NEWER_HERE ${LANG_SPANISH} "Hay instalada una versión más reciente: $1. No se cambió nada."
LangString NEWER_HERE ${LANG_ARABIC} "ثمة إصدار أحدث مثبت: $1. لم يتغير شيء."

LangString RECORD_FILE ${LANG_FRENCH} "Registre de Jalon"
LangString RECORD_FILE ${LANG_ENGLISH} "Jalon record"
LangString RECORD_FILE ${LANG_SPANISH} "Registro de Jalon"
LangString RECORD_FILE ${LANG_ARABIC} "سجل Jalon"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductName" "Jalon"
VIAddVersionKey /LANG=${LANG_ENGLISH} "CompanyName" "Jalon"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileDescription" "Jalon setup"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "LegalCopyright" ""

!ifdef SIGN
  !uninstfinalize '"${SIGN}" "%1"'
!endif

; A program that runs cannot be written to; the launchers run as long as the window is open.
!macro WAIT_UNTIL_CLOSED PROGRAM
  ${DoWhile} ${FileExists} "$INSTDIR\${PROGRAM}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${PROGRAM}" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ${If} ${Silent}
    ${OrIf} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(CLOSE_FIRST)" IDCANCEL`
      SetErrorLevel 2
      Quit
    ${EndIf}
  ${Loop}
!macroend

Function .onInit
  ${GetParameters} $0
  ${GetOptions} $0 "/LANGUAGE=" $1
  ${Select} $1
    ${Case} "fr"
      StrCpy $LANGUAGE ${LANG_FRENCH}
    ${Case} "en"
      StrCpy $LANGUAGE ${LANG_ENGLISH}
    ${Case} "es"
      StrCpy $LANGUAGE ${LANG_SPANISH}
    ${Case} "ar"
      StrCpy $LANGUAGE ${LANG_ARABIC}
    ${CaseElse}
      !insertmacro MUI_LANGDLL_DISPLAY
  ${EndSelect}
FunctionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

Section
  SetShellVarContext current
  !insertmacro WAIT_UNTIL_CLOSED "jalon.exe"
  !insertmacro WAIT_UNTIL_CLOSED "jalon-console.exe"
  Call ReadCurrent
  Call RefuseAnOlderOne
  Call KeepOnePreviousVersion

  RMDir /r "$INSTDIR\versions\${VERSION}"
  SetOutPath "$INSTDIR\versions\${VERSION}"
  File /r "${SOURCE}/versions/${VERSION}/*.*"
  SetOutPath "$INSTDIR"
  File "${SOURCE}/jalon.exe"
  File "${SOURCE}/jalon-console.exe"
  File "/oname=current.part" "${SOURCE}/current"
  System::Call 'kernel32::MoveFileExW(w "$INSTDIR\current.part", w "$INSTDIR\current", i ${REPLACE_AND_WRITE_THROUGH})'
  Delete "$INSTDIR\pending"
  Delete "$INSTDIR\refused"
  Delete "$INSTDIR\update.lock"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortCut "$SMPROGRAMS\Jalon.lnk" "$INSTDIR\jalon.exe"
  WriteRegStr HKCU "${CLASSES}\.jalon" "" "${RECORD}"
  WriteRegStr HKCU "${CLASSES}\${RECORD}" "" "$(RECORD_FILE)"
  WriteRegStr HKCU "${CLASSES}\${RECORD}\DefaultIcon" "" "$INSTDIR\jalon.exe,0"
  WriteRegStr HKCU "${CLASSES}\${RECORD}\shell\open\command" "" '"$INSTDIR\jalon.exe" --record "%1"'
  System::Call 'shell32::SHChangeNotify(i ${ASSOCIATIONS_CHANGED}, i 0, p 0, p 0)'

  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Jalon"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Jalon"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\jalon.exe,0"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegStr HKCU "${UNINSTALL}" "Language" "$LANGUAGE"
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

; $1: the version that starts, where it is there.
Function ReadCurrent
  StrCpy $1 ""
  ClearErrors
  FileOpen $0 "$INSTDIR\current" r
  ${IfNot} ${Errors}
    FileRead $0 $1
    FileClose $0
    ${TrimNewLines} $1 $1
  ${EndIf}
  ${IfNot} ${FileExists} "$INSTDIR\versions\$1\jalon.exe"
    StrCpy $1 ""
  ${EndIf}
FunctionEnd

; A record that the newer version changed would not open with an older one. Asked once the folder is chosen.
Function RefuseAnOlderOne
  ${VersionCompare} "$1" "${VERSION}" $0
  ${If} $1 != ""
  ${AndIf} $0 == 1
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(NEWER_HERE)" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd

; The one that `current` names stays, as it would after an update; older ones go. Put there again, it leaves the one before.
Function KeepOnePreviousVersion
  ${If} $1 == ""
  ${OrIf} $1 == "${VERSION}"
    Return
  ${EndIf}
  FindFirst $0 $2 "$INSTDIR\versions\*.*"
  ${DoUntil} $2 == ""
    ${If} $2 != "."
    ${AndIf} $2 != ".."
    ${AndIf} $2 != $1
      RMDir /r "$INSTDIR\versions\$2"
    ${EndIf}
    FindNext $0 $2
  ${Loop}
  FindClose $0
FunctionEnd

; Only what the setup and updates put there: a record that somebody keeps in this folder stays in it.
Section "Uninstall"
  SetShellVarContext current
  !insertmacro WAIT_UNTIL_CLOSED "jalon.exe"
  !insertmacro WAIT_UNTIL_CLOSED "jalon-console.exe"
  RMDir /r "$INSTDIR\versions"
  Delete "$INSTDIR\jalon.exe"
  Delete "$INSTDIR\jalon-console.exe"
  Delete "$INSTDIR\current"
  Delete "$INSTDIR\pending"
  Delete "$INSTDIR\refused"
  Delete "$INSTDIR\update.lock"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"

  Delete "$SMPROGRAMS\Jalon.lnk"
  ReadRegStr $0 HKCU "${CLASSES}\.jalon" ""
  ${If} $0 == "${RECORD}"
    DeleteRegKey HKCU "${CLASSES}\.jalon"
  ${EndIf}
  DeleteRegKey HKCU "${CLASSES}\${RECORD}"
  DeleteRegKey HKCU "${UNINSTALL}"
  System::Call 'shell32::SHChangeNotify(i ${ASSOCIATIONS_CHANGED}, i 0, p 0, p 0)'
SectionEnd
