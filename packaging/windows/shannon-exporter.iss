; The installer for Windows, made by Inno Setup 6 from the bundle. Not tried yet: no Windows was at hand; packaging/RELEASE.md says how to.
;
;   iscc /DVersion=1.2.3 packaging\windows\shannon-exporter.iss
;
; For the user alone by default, so that no administrator is needed; with one, for everybody.

#ifndef Version
  #error Call it with /DVersion=..., as packaging/release.yml does.
#endif

[Setup]
; Never changes: Windows knows by it that a newer version replaces an older one.
AppId={{6E0B6C0B-5A0E-4B1C-9C57-3B7F4A1D2E90}
AppName=Shannon Exporter
AppVersion={#Version}
AppPublisher=Shannon Exporter contributors
VersionInfoVersion={#Version}
LicenseFile=..\..\LICENSE
DefaultDirName={autopf}\Shannon Exporter
DefaultGroupName=Shannon Exporter
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
SetupIconFile=..\..\build\pyinstaller\shannon-exporter\icons\shannon-exporter.ico
UninstallDisplayIcon={app}\shannon-exporter.exe
OutputDir=..\..\dist
OutputBaseFilename=shannon-exporter-{#Version}-setup
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
ChangesEnvironment=yes
; A running window is asked to close, so that no file stays locked.
CloseApplications=yes
; SignTool=release $f     ; with a certificate: iscc "/Srelease=signtool sign /fd sha256 /tr TIMESTAMP_URL /td sha256 /a $f"

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"
Name: "german"; MessagesFile: "compiler:Languages\German.isl"

[CustomMessages]
english.AddPath=Find shannon-export from every command prompt (PATH)
german.AddPath=shannon-export aus jeder Eingabeaufforderung finden (PATH)
english.OpenWith=Offer “Shannon Exporter” for folders and .jsonl files
german.OpenWith=„Shannon Exporter“ für Ordner und .jsonl-Dateien anbieten
english.OpenHere=Open in Shannon Exporter
german.OpenHere=In Shannon Exporter öffnen

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "openwith"; Description: "{cm:OpenWith}"
Name: "path"; Description: "{cm:AddPath}"; Flags: unchecked

[InstallDelete]
; Libraries of an older version must not stay beside those of this one.
Type: filesandordirs; Name: "{app}\_internal"
Type: filesandordirs; Name: "{app}\licences"

[Files]
Source: "..\..\dist\shannon-exporter\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Shannon Exporter"; Filename: "{app}\shannon-exporter.exe"
Name: "{autodesktop}\Shannon Exporter"; Filename: "{app}\shannon-exporter.exe"; Tasks: desktopicon

[Registry]
; HKA is the user's part of the registry, or the machine's when it is installed for everybody.
Root: HKA; Subkey: "Software\Classes\.jsonl\OpenWithProgids"; ValueType: string; ValueName: "ShannonExporter.jsonl"; ValueData: ""; Flags: uninsdeletevalue; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\ShannonExporter.jsonl"; ValueType: string; ValueData: "JSON Lines"; Flags: uninsdeletekey; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\ShannonExporter.jsonl\DefaultIcon"; ValueType: string; ValueData: "{app}\shannon-exporter.exe,0"; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\ShannonExporter.jsonl\shell\open\command"; ValueType: string; ValueData: """{app}\shannon-exporter.exe"" ""%1"""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Directory\shell\ShannonExporter"; ValueType: string; ValueData: "{cm:OpenHere}"; Flags: uninsdeletekey; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Directory\shell\ShannonExporter"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\shannon-exporter.exe,0"; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Directory\shell\ShannonExporter\command"; ValueType: string; ValueData: """{app}\shannon-exporter.exe"" ""%1"""; Tasks: openwith
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Check: NeedsPath(ExpandConstant('{app}')); Tasks: path

[Run]
Filename: "{app}\shannon-exporter.exe"; Description: "{cm:LaunchProgram,Shannon Exporter}"; Flags: nowait postinstall skipifsilent

[Code]
function NeedsPath(Folder: string): Boolean;
var
  Path: string;
begin
  if not RegQueryStringValue(HKEY_CURRENT_USER, 'Environment', 'Path', Path) then
    Path := '';
  Result := Pos(';' + Lowercase(Folder) + ';', ';' + Lowercase(Path) + ';') = 0;
end;

procedure RemovePath(Folder: string);
var
  Path: string;
  Start: Integer;
begin
  if RegQueryStringValue(HKEY_CURRENT_USER, 'Environment', 'Path', Path) then
  begin
    Path := ';' + Path + ';';
    Start := Pos(';' + Lowercase(Folder) + ';', Lowercase(Path));
    if Start > 0 then
    begin
      Delete(Path, Start, Length(Folder) + 1);
      RegWriteExpandStringValue(HKEY_CURRENT_USER, 'Environment', 'Path', Copy(Path, 2, Length(Path) - 2));
    end;
  end;
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
begin
  if Step = usPostUninstall then
    RemovePath(ExpandConstant('{app}'));
end;
