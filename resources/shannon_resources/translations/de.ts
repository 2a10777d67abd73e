<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Shannon Exporter</source>
        <translation>Über Shannon Exporter</translation>
    </message>
    <message>
        <source>It reads logs where they are, changes none of them, and never uses a network.</source>
        <translation>Das Programm liest Logs, wo sie sind, verändert keine davon und nutzt nie ein Netz.</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>Sch&amp;ließen</translation>
    </message>
</context>
<context>
    <name>AggregationsPanel</name>
    <message>
        <source>Part of the e&amp;xport</source>
        <translation>Teil des E&amp;xports</translation>
    </message>
    <message>
        <source>Co&amp;lumns</source>
        <translation>Spa&amp;lten</translation>
    </message>
    <message>
        <source>No rows</source>
        <translation>Keine Zeilen</translation>
    </message>
    <message>
        <source>No event of this selection names a tool or an agent.</source>
        <translation>Kein Ereignis dieser Auswahl nennt ein Werkzeug oder einen Agenten.</translation>
    </message>
    <message>
        <source>No event matches</source>
        <translation>Kein Ereignis passt</translation>
    </message>
    <message>
        <source>There is nothing to sum up in this selection.</source>
        <translation>In dieser Auswahl gibt es nichts auszuwerten.</translation>
    </message>
    <message>
        <source>Clear range and filters</source>
        <translation>Zeitraum und Filter aufheben</translation>
    </message>
    <message>
        <source>&amp;Only this</source>
        <translation>&amp;Nur das</translation>
    </message>
    <message>
        <source>&amp;Copy rows</source>
        <translation>Zeilen &amp;kopieren</translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>Nothing in this selection</source>
        <translation>Nichts in dieser Auswahl</translation>
    </message>
    <message>
        <source>Save as {format}…</source>
        <translation>Als {format} speichern …</translation>
    </message>
    <message>
        <source>Save this chart</source>
        <translation>Dieses Diagramm speichern</translation>
    </message>
    <message>
        <source>Most: {label}, {value}</source>
        <translation>Am meisten: {label}, {value}</translation>
    </message>
</context>
<context>
    <name>ChartsPanel</name>
    <message>
        <source>Save all</source>
        <translation>Alle speichern</translation>
    </message>
    <message>
        <source>As {format}…</source>
        <translation>Als {format} …</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Diagramme</translation>
    </message>
    <message>
        <source>No event matches</source>
        <translation>Kein Ereignis passt</translation>
    </message>
    <message>
        <source>There is nothing to draw in this selection.</source>
        <translation>In dieser Auswahl gibt es nichts zu zeichnen.</translation>
    </message>
    <message>
        <source>Clear range and filters</source>
        <translation>Zeitraum und Filter aufheben</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>&amp;Copy details</source>
        <translation>Details &amp;kopieren</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>Sch&amp;ließen</translation>
    </message>
    <message>
        <source>Internal error</source>
        <translation>Interner Fehler</translation>
    </message>
    <message>
        <source>Something went wrong in Shannon Exporter; your logs are unchanged. You can go on working. Please report it with the details below; look through them first, because they can name your files.</source>
        <translation>In Shannon Exporter ist etwas schiefgegangen; Ihre Protokolle sind unverändert. Sie können weiterarbeiten. Bitte melden Sie es mit den Einzelheiten unten; sehen Sie sie vorher durch, denn sie können Ihre Dateien nennen.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
</context>
<context>
    <name>EventDetailsPanel</name>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Original line</source>
        <translation>Ursprüngliche Zeile</translation>
    </message>
    <message>
        <source>Copy all of this text</source>
        <translation>Diesen Text ganz kopieren</translation>
    </message>
    <message>
        <source>Close the details</source>
        <translation>Details schließen</translation>
    </message>
    <message>
        <source>Details of the event</source>
        <translation>Details des Ereignisses</translation>
    </message>
    <message>
        <source>Choose a row to see all of its event.</source>
        <translation>Wählen Sie eine Zeile, um ihr Ereignis ganz zu sehen.</translation>
    </message>
    <message>
        <source>The event is no longer there. Refresh to see what is.</source>
        <translation>Das Ereignis ist nicht mehr da. F5 liest neu ein.</translation>
    </message>
    <message>
        <source>Reading the file …</source>
        <translation>Datei wird gelesen …</translation>
    </message>
    <message>
        <source>{first}; Copy takes the first {most} of {size}.</source>
        <translation>{first}; kopiert werden die ersten {most} von {size}.</translation>
    </message>
    <message>
        <source>{first}; Copy takes all.</source>
        <translation>{first}; kopiert wird alles.</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <translation>{file}, Zeile {line}</translation>
    </message>
</context>
<context>
    <name>EventFiltersPanel</name>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>Alle aufheben</translation>
    </message>
    <message>
        <source>Words in an event's data</source>
        <translation>Wörter in den Daten</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>Weitere Filter</translation>
    </message>
    <message>
        <source>{field}: not {value}</source>
        <translation>{field}: nicht {value}</translation>
    </message>
    <message>
        <source>{field}: {value}</source>
        <translation>{field}: {value}</translation>
    </message>
    <message>
        <source>{text}
Click to turn it around.</source>
        <translation>{text}
Ein Klick kehrt den Filter um.</translation>
    </message>
    <message>
        <source>Remove {text}</source>
        <translation>{text} entfernen</translation>
    </message>
</context>
<context>
    <name>EventTable</name>
    <message>
        <source>Preview of the events</source>
        <translation>Vorschau der Ereignisse</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;rows with titles</source>
        <translation>&amp;Zeilen mit Überschriften kopieren</translation>
    </message>
    <message>
        <source>Only this &amp;session</source>
        <translation>Nur diese &amp;Sitzung</translation>
    </message>
    <message>
        <source>&amp;Only “{value}”</source>
        <translation>&amp;Nur „{value}“</translation>
    </message>
    <message>
        <source>&amp;Not “{value}”</source>
        <translation>Nich&amp;t „{value}“</translation>
    </message>
</context>
<context>
    <name>ExportBar</name>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Mehr</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren …</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportieren</translation>
    </message>
    <message>
        <source>The size is not known: {reason}</source>
        <translation>Die Größe ist nicht bekannt: {reason}</translation>
    </message>
    <message>
        <source>Being estimated …</source>
        <translation>Wird geschätzt …</translation>
    </message>
    <message>
        <source>Will write: {names}</source>
        <translation>Wird geschrieben: {names}</translation>
    </message>
    <message>
        <source>Will write: {names} ≈ {size}</source>
        <translation>Wird geschrieben: {names} ≈ {size}</translation>
    </message>
</context>
<context>
    <name>ExportContentsPanel</name>
    <message>
        <source>&amp;Raw events</source>
        <translation>&amp;Rohdaten</translation>
    </message>
    <message>
        <source>Aggregations</source>
        <translation>Auswertungen</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Berichte</translation>
    </message>
    <message>
        <source>in JSON as texts, in ZIP as files</source>
        <translation>in JSON als Texte, in ZIP als Dateien</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Contents: {parts}</source>
        <translation>Inhalt: {parts}</translation>
    </message>
</context>
<context>
    <name>ExportFlow</name>
    <message>
        <source>An export is running</source>
        <translation>Ein Export läuft</translation>
    </message>
    <message>
        <source>An export is running. Cancel it and close?</source>
        <translation>Ein Export läuft. Abbrechen und schließen?</translation>
    </message>
    <message>
        <source>Files that are not complete yet are not kept.</source>
        <translation>Dateien, die noch nicht vollständig sind, werden nicht behalten.</translation>
    </message>
    <message>
        <source>&amp;Cancel and close</source>
        <translation>&amp;Abbrechen und schließen</translation>
    </message>
    <message>
        <source>&amp;Keep exporting</source>
        <translation>&amp;Weiter exportieren</translation>
    </message>
</context>
<context>
    <name>ExportFormatsPanel</name>
    <message>
        <source>Export as</source>
        <translation>Exportieren als</translation>
    </message>
    <message>
        <source>{formats}: events only</source>
        <translation>{formats}: nur Ereignisse</translation>
    </message>
    <message>
        <source>{formats}: no reports</source>
        <translation>{formats}: keine Berichte</translation>
    </message>
</context>
<context>
    <name>ExportMenu</name>
    <message>
        <source>&amp;Save as preset…</source>
        <translation>Als &amp;Vorlage speichern …</translation>
    </message>
    <message>
        <source>&amp;Manage presets…</source>
        <translation>Vorlagen ver&amp;walten …</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>Ver&amp;lauf …</translation>
    </message>
    <message>
        <source>&amp;Copy as command</source>
        <translation>Als &amp;Befehl kopieren</translation>
    </message>
    <message>
        <source>Save &amp;job…</source>
        <translation>&amp;Auftrag speichern …</translation>
    </message>
    <message>
        <source>&amp;Open job…</source>
        <translation>Auftrag ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>The command that does this export was copied</source>
        <translation>Der Befehl für diesen Export wurde kopiert</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>The job was saved: {path}</source>
        <translation>Der Auftrag wurde gespeichert: {path}</translation>
    </message>
</context>
<context>
    <name>FacetField</name>
    <message>
        <source>any</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Type to search. Enter takes a value, Ctrl+Enter leaves it out.</source>
        <translation>Tippen, um zu suchen. Die Eingabetaste wählt einen Wert, mit Strg schließt sie ihn aus.</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>Nothing has been exported yet.</source>
        <translation>Noch wurde nichts exportiert.</translation>
    </message>
    <message>
        <source>Export &amp;again</source>
        <translation>&amp;Erneut exportieren</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>Im &amp;Ordner zeigen</translation>
    </message>
    <message>
        <source>&amp;Copy as command</source>
        <translation>Als &amp;Befehl kopieren</translation>
    </message>
    <message>
        <source>C&amp;lear history</source>
        <translation>Verlauf &amp;löschen</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>Sch&amp;ließen</translation>
    </message>
    <message>
        <source>History of exports</source>
        <translation>Verlauf der Exporte</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>Formate</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Exports</source>
        <translation>Exporte</translation>
    </message>
</context>
<context>
    <name>LogActions</name>
    <message>
        <source>Text (*.txt)</source>
        <translation>Text (*.txt)</translation>
    </message>
    <message>
        <source>The log was saved</source>
        <translation>Das Protokoll wurde gespeichert</translation>
    </message>
</context>
<context>
    <name>LogPanel</name>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>Filter of the log</source>
        <translation>Filter des Protokolls</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Level of the log</source>
        <translation>Stufe des Protokolls</translation>
    </message>
    <message>
        <source>Copy the log</source>
        <translation>Protokoll kopieren</translation>
    </message>
    <message>
        <source>Copy the lines that are shown</source>
        <translation>Angezeigte Zeilen kopieren</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>Protokoll speichern</translation>
    </message>
    <message>
        <source>Save the lines that are shown</source>
        <translation>Angezeigte Zeilen speichern</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>Im &amp;Ordner zeigen</translation>
    </message>
    <message>
        <source>&amp;Copy line</source>
        <translation>Zeile &amp;kopieren</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Shannon Exporter</source>
        <translation>Shannon Exporter</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Search for words</source>
        <translation>Nach Wörtern suchen</translation>
    </message>
    <message>
        <source>Read what changed</source>
        <translation>Geändertes einlesen</translation>
    </message>
    <message>
        <source>Cancel, or close the message</source>
        <translation>Abbrechen, oder die Meldung schließen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>ManagePresetsDialog</name>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>&amp;Begin with it</source>
        <translation>Damit &amp;beginnen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>Sch&amp;ließen</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>A new window begins with it.</source>
        <translation>Ein neues Fenster beginnt damit.</translation>
    </message>
    <message>
        <source>&amp;Do not begin with it</source>
        <translation>Nicht damit &amp;beginnen</translation>
    </message>
</context>
<context>
    <name>MenuButton</name>
    <message>
        <source>Menu of the program</source>
        <translation>Menü des Programms</translation>
    </message>
    <message>
        <source>Appearance, language, keys</source>
        <translation>Aussehen, Sprache, Tasten</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>OutputOptions</name>
    <message>
        <source>Off: it concerns only these formats: {formats}.</source>
        <translation>Aus: Nur diese Formate betrifft es: {formats}.</translation>
    </message>
    <message>
        <source>Options of {format}</source>
        <translation>Optionen für {format}</translation>
    </message>
</context>
<context>
    <name>PreflightDetails</name>
    <message>
        <source>Switch it on</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>Being estimated …</source>
        <translation>Wird geschätzt …</translation>
    </message>
    <message>
        <source>Every event was encoded: the sizes are exact.</source>
        <translation>Jedes Ereignis wurde kodiert: Die Größen sind genau.</translation>
    </message>
    <message>
        <source>Sizes are estimated from a sample.</source>
        <translation>Die Größen sind aus einer Stichprobe geschätzt.</translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>Order of time</source>
        <translation>Nach der Zeit</translation>
    </message>
    <message>
        <source>Co&amp;lumns</source>
        <translation>Spa&amp;lten</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>De&amp;tails</translation>
    </message>
    <message>
        <source>The events appear here as soon as they have been read.</source>
        <translation>Die Ereignisse erscheinen hier, sobald sie gelesen sind.</translation>
    </message>
    <message>
        <source>Reading the logs</source>
        <translation>Die Logs werden gelesen</translation>
    </message>
    <message>
        <source>No event matches</source>
        <translation>Kein Ereignis passt</translation>
    </message>
    <message>
        <source>No event is in this range and passes these filters.</source>
        <translation>Kein Ereignis liegt in diesem Zeitraum und passt zu diesen Filtern.</translation>
    </message>
    <message>
        <source>Clear range and filters</source>
        <translation>Zeitraum und Filter aufheben</translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation>Wird gezählt …</translation>
    </message>
</context>
<context>
    <name>ProgramMenu</name>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Aussehen</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>A&amp;bout Shannon Exporter</source>
        <translation>&amp;Über Shannon Exporter</translation>
    </message>
    <message>
        <source>The window speaks the new language at its next start.</source>
        <translation>Das Fenster spricht die neue Sprache beim nächsten Start.</translation>
    </message>
</context>
<context>
    <name>ProgressPanel</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
</context>
<context>
    <name>RejectsDialog</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Save as CSV…</source>
        <translation>Als &amp;CSV speichern …</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>Im &amp;Ordner zeigen</translation>
    </message>
    <message>
        <source>Rejected lines</source>
        <translation>Abgelehnte Zeilen</translation>
    </message>
    <message>
        <source>They are in no export; every export records their number.</source>
        <translation>Sie sind in keinem Export; jeder Export nennt ihre Zahl.</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>Sch&amp;ließen</translation>
    </message>
</context>
<context>
    <name>RejectsModel</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>How the line begins</source>
        <translation>Anfang der Zeile</translation>
    </message>
</context>
<context>
    <name>ReportPanel</name>
    <message>
        <source>Open in &amp;browser</source>
        <translation>Im Bro&amp;wser öffnen</translation>
    </message>
    <message>
        <source>&amp;Save report…</source>
        <translation>Bericht spei&amp;chern …</translation>
    </message>
</context>
<context>
    <name>ResultSaver</name>
    <message>
        <source>Saved {path}</source>
        <translation>Gespeichert: {path}</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>&amp;Choose…</source>
        <translation>&amp;Wählen …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save the files</source>
        <translation>Dateien speichern</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>These files will be written</source>
        <translation>Diese Dateien werden geschrieben</translation>
    </message>
    <message>
        <source>Already there, and will be replaced: {names}</source>
        <translation>Schon da, wird ersetzt: {names}</translation>
    </message>
    <message>
        <source>&amp;Replace and export</source>
        <translation>&amp;Ersetzen und exportieren</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportieren</translation>
    </message>
    <message>
        <source>Nothing can be written into this folder.</source>
        <translation>In diesen Ordner kann nichts geschrieben werden.</translation>
    </message>
    <message>
        <source>Not a file, and not replaced: {names}</source>
        <translation>Keine Datei, wird nicht ersetzt: {names}</translation>
    </message>
</context>
<context>
    <name>SavePresetDialog</name>
    <message>
        <source>&amp;Always save to the same place, without asking</source>
        <translation>&amp;Immer am selben Ort speichern, ohne zu fragen</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>&amp;Wählen …</translation>
    </message>
    <message>
        <source>&amp;Begin with this preset</source>
        <translation>Mit dieser Vorlage &amp;beginnen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>Als Vorlage speichern</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>F&amp;ile name</source>
        <translation>&amp;Dateiname</translation>
    </message>
    <message>
        <source>{date} becomes the day of the export, {from} and {to} the days of the range.</source>
        <translation>{date} wird zum Tag des Exports, {from} und {to} zu den Tagen des Zeitraums.</translation>
    </message>
    <message>
        <source>the dates as they are</source>
        <translation>feste Daten</translation>
    </message>
    <message>
        <source>the time range moves with the day</source>
        <translation>der Zeitraum wandert mit dem Tag</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Ersetzen</translation>
    </message>
    <message>
        <source>A preset of this name is replaced.</source>
        <translation>Eine Vorlage dieses Namens wird ersetzt.</translation>
    </message>
    <message>
        <source>Enter a preset name.</source>
        <translation>Geben Sie einen Namen für die Vorlage ein.</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Alt and an underlined letter go to what it names; Tab goes on to the next.</source>
        <translation>Alt und ein unterstrichener Buchstabe führen zu dem, was er nennt; Tab führt zum Nächsten.</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>Sch&amp;ließen</translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>List of the sources</source>
        <translation>Liste der Quellen</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Neu einlesen</translation>
    </message>
    <message>
        <source>Read what changed (F5)</source>
        <translation>Geändertes einlesen (F5)</translation>
    </message>
    <message>
        <source>Choose &amp;folder…</source>
        <translation>&amp;Ordner wählen …</translation>
    </message>
    <message>
        <source>Choose f&amp;iles…</source>
        <translation>Dateien &amp;wählen …</translation>
    </message>
    <message>
        <source>&amp;Add folder…</source>
        <translation>Ordner &amp;hinzufügen …</translation>
    </message>
    <message>
        <source>Try the &amp;sample data</source>
        <translation>&amp;Beispieldaten ansehen</translation>
    </message>
    <message>
        <source>Read the rest</source>
        <translation>Den Rest lesen</translation>
    </message>
</context>
<context>
    <name>SourceList</name>
    <message>
        <source>Also on this computer</source>
        <translation>Auch auf diesem Computer</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Add folder…</source>
        <translation>Ordner &amp;hinzufügen …</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Remove {source}</source>
        <translation>{source} entfernen</translation>
    </message>
    <message>
        <source>Remove from the open sources; the logs stay</source>
        <translation>Aus den geöffneten Quellen entfernen; die Logs bleiben</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Choose &amp;folder…</source>
        <translation>&amp;Ordner wählen …</translation>
    </message>
    <message>
        <source>Choose f&amp;iles…</source>
        <translation>Dateien &amp;wählen …</translation>
    </message>
    <message>
        <source>Try the &amp;sample data</source>
        <translation>&amp;Beispieldaten ansehen</translation>
    </message>
    <message>
        <source>The logs stay as they are, and nothing leaves this computer.</source>
        <translation>Die Logs bleiben, wie sie sind, und nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Drop a folder or files anywhere in this window</source>
        <translation>Ziehen Sie einen Ordner oder Dateien in dieses Fenster</translation>
    </message>
    <message>
        <source>Claude Code, Codex and Shannon MCP keep theirs in the home folder, but none of them has any here. Choose another folder, or look around with the sample data first.</source>
        <translation>Claude Code, Codex und Shannon MCP legen ihre Logs im persönlichen Ordner ab, doch dort sind keine. Wählen Sie einen anderen Ordner, oder sehen Sie sich erst mit den Beispieldaten um.</translation>
    </message>
    <message>
        <source>Looking for logs on this computer …</source>
        <translation>Logs auf diesem Computer werden gesucht …</translation>
    </message>
    <message>
        <source>Logs on this computer</source>
        <translation>Logs auf diesem Computer</translation>
    </message>
    <message>
        <source>No logs were found on this computer</source>
        <translation>Auf diesem Computer wurden keine Logs gefunden</translation>
    </message>
    <message>
        <source>Open {folder} again</source>
        <translation>{folder} wieder öffnen</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
</context>
<context>
    <name>TimeRangePanel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>Dieser Monat</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>Voriger Monat</translation>
    </message>
    <message>
        <source>Events over time</source>
        <translation>Ereignisse im Zeitverlauf</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>V&amp;on</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>B&amp;is</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Events from this minute on, in the zone below.</source>
        <translation>Ereignisse ab dieser Minute, in der Zone darunter.</translation>
    </message>
    <message>
        <source>Events up to the end of this minute; 23:59 includes the whole day.</source>
        <translation>Ereignisse bis zum Ende dieser Minute; 23:59 schließt den ganzen Tag ein.</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>Events from {first} to {last}</source>
        <translation>Ereignisse von {first} bis {last}</translation>
    </message>
</context>
<context>
    <name>aggregations</name>
    <message>
        <source>(none)</source>
        <translation>(ohne)</translation>
    </message>
    <message>
        <source>Aggregation</source>
        <translation>Auswertung</translation>
    </message>
    <message numerus="yes">
        <source>{n} row(s)</source>
        <translation><numerusform>{n} Zeile</numerusform><numerusform>{n} Zeilen</numerusform></translation>
    </message>
</context>
<context>
    <name>charts</name>
    <message>
        <source>Events over time</source>
        <translation>Ereignisse im Zeitverlauf</translation>
    </message>
    <message>
        <source>Tokens over time</source>
        <translation>Tokens im Zeitverlauf</translation>
    </message>
    <message>
        <source>Tools by uses</source>
        <translation>Werkzeuge nach Häufigkeit</translation>
    </message>
    <message>
        <source>Tools by 95 % duration</source>
        <translation>Werkzeuge nach 95-%-Dauer</translation>
    </message>
    <message>
        <source>Cost by model</source>
        <translation>Kosten nach Modell</translation>
    </message>
    <message>
        <source>Errors by type</source>
        <translation>Fehler nach Art</translation>
    </message>
    <message>
        <source>Errors over time</source>
        <translation>Fehler im Zeitverlauf</translation>
    </message>
    <message numerus="yes">
        <source>{n} more</source>
        <translation><numerusform>{n} weitere</numerusform><numerusform>{n} weitere</numerusform></translation>
    </message>
</context>
<context>
    <name>columns</name>
    <message>
        <source>Co&amp;lumns</source>
        <translation>Spa&amp;lten</translation>
    </message>
    <message>
        <source>&amp;Reset columns</source>
        <translation>Spalten &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Back to the order of &amp;time</source>
        <translation>Zurück zur &amp;zeitlichen Ordnung</translation>
    </message>
    <message>
        <source>&amp;Hide this column</source>
        <translation>Diese Spalte &amp;ausblenden</translation>
    </message>
    <message>
        <source>&amp;Oldest first</source>
        <translation>Ä&amp;lteste zuerst</translation>
    </message>
    <message>
        <source>&amp;Newest first</source>
        <translation>&amp;Neueste zuerst</translation>
    </message>
    <message>
        <source>&amp;Largest first</source>
        <translation>&amp;Größte zuerst</translation>
    </message>
    <message>
        <source>&amp;Smallest first</source>
        <translation>&amp;Kleinste zuerst</translation>
    </message>
    <message>
        <source>&amp;Failed first</source>
        <translation>Ge&amp;scheiterte zuerst</translation>
    </message>
    <message>
        <source>&amp;Succeeded first</source>
        <translation>Ge&amp;lungene zuerst</translation>
    </message>
    <message>
        <source>Sort &amp;A to Z</source>
        <translation>Von A bis Z &amp;ordnen</translation>
    </message>
    <message>
        <source>Sort &amp;Z to A</source>
        <translation>&amp;Von Z bis A ordnen</translation>
    </message>
</context>
<context>
    <name>contents</name>
    <message numerus="yes">
        <source>{n} aggregation(s)</source>
        <translation><numerusform>{n} Auswertung</numerusform><numerusform>{n} Auswertungen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} report(s)</source>
        <translation><numerusform>{n} Bericht</numerusform><numerusform>{n} Berichte</numerusform></translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>No source was chosen.</source>
        <translation>Es wurde keine Quelle gewählt.</translation>
    </message>
    <message>
        <source>Choose a folder or a file with events.</source>
        <translation>Wählen Sie einen Ordner oder eine Datei mit Ereignissen.</translation>
    </message>
    <message>
        <source>No source was named.</source>
        <translation>Es ist keine Quelle angegeben.</translation>
    </message>
    <message>
        <source>Name a folder or a file with events; --sources lists what is here.</source>
        <translation>Geben Sie einen Ordner oder eine Datei mit Ereignissen an; --sources zeigt, was es hier gibt.</translation>
    </message>
    <message>
        <source>No format was chosen.</source>
        <translation>Es wurde kein Format gewählt.</translation>
    </message>
    <message>
        <source>Choose one of {formats}.</source>
        <translation>Wählen Sie eines von {formats}.</translation>
    </message>
    <message>
        <source>There is no format “{format}”.</source>
        <translation>Das Format „{format}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>The ending of {path} names no format.</source>
        <translation>Die Endung von {path} nennt kein Format.</translation>
    </message>
    <message>
        <source>Add --format, one of {formats}.</source>
        <translation>Ergänzen Sie --format mit einem von {formats}.</translation>
    </message>
    <message>
        <source>{format} can hold nothing of what was chosen.</source>
        <translation>{format} kann nichts vom Gewählten aufnehmen.</translation>
    </message>
    <message>
        <source>Add the events, or leave the format out.</source>
        <translation>Nehmen Sie die Rohdaten dazu, oder lassen Sie das Format weg.</translation>
    </message>
    <message>
        <source>No target was chosen.</source>
        <translation>Es wurde kein Ziel gewählt.</translation>
    </message>
    <message>
        <source>Say where the files are to be saved.</source>
        <translation>Sagen Sie, wohin die Dateien sollen.</translation>
    </message>
    <message>
        <source>No target was named.</source>
        <translation>Es ist kein Ziel angegeben.</translation>
    </message>
    <message>
        <source>Add -o PATH, or look first with --preview 20.</source>
        <translation>Ergänzen Sie -o PFAD, oder sehen Sie erst mit --preview 20 nach.</translation>
    </message>
    <message>
        <source>A path has a NUL character in it.</source>
        <translation>Ein Pfad enthält ein NUL-Zeichen.</translation>
    </message>
    <message>
        <source>Choose the file again.</source>
        <translation>Wählen Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>There is nothing to export.</source>
        <translation>Es gibt nichts zu exportieren.</translation>
    </message>
    <message>
        <source>Choose events, an aggregation or a report.</source>
        <translation>Wählen Sie Rohdaten, eine Auswertung oder einen Bericht.</translation>
    </message>
    <message>
        <source>A CSV line ends with CR LF or LF.</source>
        <translation>Eine CSV-Zeile endet mit CR LF oder LF.</translation>
    </message>
    <message>
        <source>Choose one of the two.</source>
        <translation>Wählen Sie eines von beiden.</translation>
    </message>
    <message>
        <source>The job {path} cannot be read.</source>
        <translation>Der Auftrag {path} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Check its name.</source>
        <translation>Prüfen Sie den Namen.</translation>
    </message>
    <message>
        <source>This is not a job file.</source>
        <translation>Das ist keine Auftragsdatei.</translation>
    </message>
    <message>
        <source>Save the job again from the window.</source>
        <translation>Speichern Sie den Auftrag noch einmal aus dem Fenster.</translation>
    </message>
    <message>
        <source>--last and --from or --to contradict each other.</source>
        <translation>--last und --from oder --to widersprechen einander.</translation>
    </message>
    <message>
        <source>Use one of them.</source>
        <translation>Verwenden Sie eines davon.</translation>
    </message>
    <message>
        <source>“{text}” is not a duration.</source>
        <translation>„{text}“ ist keine Dauer.</translation>
    </message>
    <message>
        <source>Write 24h, 7d or 4w.</source>
        <translation>Schreiben Sie 24h, 7d oder 4w.</translation>
    </message>
    <message>
        <source>“{text}” reaches too far back.</source>
        <translation>„{text}“ reicht zu weit zurück.</translation>
    </message>
    <message>
        <source>Leave it out to take everything.</source>
        <translation>Lassen Sie es weg, um alles zu nehmen.</translation>
    </message>
    <message>
        <source>“{text}” is not a date or a time.</source>
        <translation>„{text}“ ist kein Datum und keine Zeit.</translation>
    </message>
    <message>
        <source>Write 2026-10-25, 2026-10-25T14:30 or 2026-10-25T14:30:00+02:00.</source>
        <translation>Schreiben Sie 2026-10-25, 2026-10-25T14:30 oder 2026-10-25T14:30:00+02:00.</translation>
    </message>
    <message>
        <source>The {side} {moment} has no zone.</source>
        <translation>{side} {moment} hat keine Zone.</translation>
    </message>
    <message>
        <source>Give it a tzinfo.</source>
        <translation>Geben Sie ein tzinfo an.</translation>
    </message>
    <message>
        <source>Unknown time zone “{zone}”.</source>
        <translation>Unbekannte Zeitzone „{zone}“.</translation>
    </message>
    <message>
        <source>Use an IANA name such as Europe/Berlin or UTC.</source>
        <translation>Nehmen Sie einen IANA-Namen wie Europe/Berlin oder UTC.</translation>
    </message>
    <message>
        <source>The start {start} is after the end {end}.</source>
        <translation>Der Beginn {start} liegt nach dem Ende {end}.</translation>
    </message>
    <message>
        <source>Swap them, or choose a later end.</source>
        <translation>Tauschen Sie beide, oder wählen Sie ein späteres Ende.</translation>
    </message>
    <message>
        <source>From is later than To.</source>
        <translation>„Von“ liegt nach „Bis“.</translation>
    </message>
    <message>
        <source>There is no filter field “{field}”.</source>
        <translation>Es gibt kein Filterfeld „{field}“.</translation>
    </message>
    <message>
        <source>Choose one of {fields}.</source>
        <translation>Wählen Sie eines von {fields}.</translation>
    </message>
    <message>
        <source>There is no aggregation “{aggregation}”.</source>
        <translation>Es gibt keine Auswertung „{aggregation}“.</translation>
    </message>
    <message>
        <source>Choose one of {aggregations}.</source>
        <translation>Wählen Sie eine von {aggregations}.</translation>
    </message>
    <message>
        <source>“{values}” is not an outcome.</source>
        <translation>„{values}“ ist kein Ergebnis.</translation>
    </message>
    <message>
        <source>Choose one of {outcomes}.</source>
        <translation>Wählen Sie eines von {outcomes}.</translation>
    </message>
    <message>
        <source>Events cannot be sorted by “{column}”.</source>
        <translation>Ereignisse können nicht nach „{column}“ geordnet werden.</translation>
    </message>
    <message>
        <source>Choose one of {columns}.</source>
        <translation>Wählen Sie eines von {columns}.</translation>
    </message>
    <message>
        <source>{path} cannot be read.</source>
        <translation>{path} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Check the name and its permissions.</source>
        <translation>Prüfen Sie den Namen und die Rechte.</translation>
    </message>
    <message>
        <source>There are no events in {sources}.</source>
        <translation>In {sources} gibt es keine Ereignisse.</translation>
    </message>
    <message numerus="yes">
        <source>{n} log file(s) were found.</source>
        <translation><numerusform>{n} Protokolldatei wurde gefunden.</numerusform><numerusform>{n} Protokolldateien wurden gefunden.</numerusform></translation>
    </message>
    <message>
        <source>Choose a folder with .jsonl event logs, for example one that holds metrics/.</source>
        <translation>Wählen Sie einen Ordner mit Ereignis-Logs (.jsonl), zum Beispiel einen mit dem Ordner metrics/.</translation>
    </message>
    <message numerus="yes">
        <source>{n} line(s) could not be read as events.</source>
        <translation><numerusform>{n} Zeile konnte nicht als Ereignis gelesen werden.</numerusform><numerusform>{n} Zeilen konnten nicht als Ereignisse gelesen werden.</numerusform></translation>
    </message>
    <message>
        <source>The source {source}, which an installed package adds, failed.</source>
        <translation>Die Quelle {source} aus einem installierten Paket ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Update or remove that package; all other files can then be read.</source>
        <translation>Aktualisieren oder entfernen Sie dieses Paket; alle anderen Dateien lassen sich dann lesen.</translation>
    </message>
    <message>
        <source>A file of that name is there already.</source>
        <translation>Eine Datei dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>Choose another name, or agree to replace it (--force).</source>
        <translation>Wählen Sie einen anderen Namen, oder stimmen Sie dem Ersetzen zu (--force).</translation>
    </message>
    <message>
        <source>There is no room to write {path}.</source>
        <translation>Für {path} ist kein Platz.</translation>
    </message>
    <message>
        <source>Free some space, or choose another disk.</source>
        <translation>Schaffen Sie Platz, oder wählen Sie einen anderen Datenträger.</translation>
    </message>
    <message>
        <source>About {needed:MB} are needed, and {free:MB} are free.</source>
        <translation>Etwa {needed:MB} werden gebraucht, {free:MB} sind frei.</translation>
    </message>
    <message>
        <source>Free some space, or choose another disk or fewer formats.</source>
        <translation>Schaffen Sie Platz, oder wählen Sie einen anderen Datenträger oder weniger Formate.</translation>
    </message>
    <message>
        <source>{path} cannot be written.</source>
        <translation>{path} kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Choose another folder or name.</source>
        <translation>Wählen Sie einen anderen Ordner oder Namen.</translation>
    </message>
    <message>
        <source>{path} was not written correctly.</source>
        <translation>{path} wurde nicht richtig geschrieben.</translation>
    </message>
    <message>
        <source>What was read back differs.</source>
        <translation>Beim Prüfen wurde etwas anderes gelesen.</translation>
    </message>
    <message>
        <source>Check the disk.</source>
        <translation>Prüfen Sie den Datenträger.</translation>
    </message>
    <message>
        <source>The Parquet file cannot be read back.</source>
        <translation>Die Parquet-Datei lässt sich nicht zurücklesen.</translation>
    </message>
    <message>
        <source>The Parquet file is incomplete.</source>
        <translation>Die Parquet-Datei ist unvollständig.</translation>
    </message>
    <message>
        <source>{found} of {rows} rows are in it.</source>
        <translation>{found} von {rows} Zeilen sind darin.</translation>
    </message>
    <message>
        <source>The archive cannot be read back.</source>
        <translation>Das Archiv lässt sich nicht zurücklesen.</translation>
    </message>
    <message>
        <source>Nothing of the archive could be made.</source>
        <translation>Vom Archiv konnte nichts erstellt werden.</translation>
    </message>
    <message>
        <source>Export one format alone.</source>
        <translation>Exportieren Sie ein einzelnes Format.</translation>
    </message>
    <message>
        <source>{member} could not be made.</source>
        <translation>{member} konnte nicht erstellt werden.</translation>
    </message>
    <message>
        <source>The archive holds the members that could be made; export that format alone.</source>
        <translation>Das Archiv enthält die Teile, die sich erzeugen ließen; exportieren Sie dieses Format einzeln.</translation>
    </message>
    <message>
        <source>No file could be written.</source>
        <translation>Keine Datei konnte geschrieben werden.</translation>
    </message>
    <message>
        <source>The log says why for each.</source>
        <translation>Das Protokoll nennt zu jeder den Grund.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The key of the pseudonyms cannot be used.</source>
        <translation>Der Schlüssel der Pseudonyme ist nicht brauchbar.</translation>
    </message>
    <message>
        <source>Check the settings folder.</source>
        <translation>Prüfen Sie den Ordner der Einstellungen.</translation>
    </message>
    <message>
        <source>The key of the pseudonyms is damaged.</source>
        <translation>Der Schlüssel der Pseudonyme ist beschädigt.</translation>
    </message>
    <message>
        <source>Remove it; pseudonyms will be new.</source>
        <translation>Entfernen Sie ihn; die Pseudonyme werden neu.</translation>
    </message>
    <message>
        <source>No temporary folder can be made.</source>
        <translation>Es kann kein temporärer Ordner angelegt werden.</translation>
    </message>
    <message>
        <source>Free some space.</source>
        <translation>Schaffen Sie Platz.</translation>
    </message>
    <message>
        <source>The disk of the cache is full.</source>
        <translation>Der Datenträger des Caches ist voll.</translation>
    </message>
    <message>
        <source>Free some space, or run without a cache (--no-cache).</source>
        <translation>Schaffen Sie Platz, oder arbeiten Sie ohne Cache (--no-cache).</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>Dafür reicht der Arbeitsspeicher nicht.</translation>
    </message>
    <message>
        <source>Narrow the selection down: a few events with very long texts may be the cause.</source>
        <translation>Engen Sie die Auswahl ein: Ereignisse mit sehr langen Texten können die Ursache sein.</translation>
    </message>
    <message>
        <source>The cache failed.</source>
        <translation>Der Cache hat versagt.</translation>
    </message>
    <message>
        <source>Try again; a damaged cache is rebuilt.</source>
        <translation>Versuchen Sie es noch einmal; ein beschädigter Cache wird neu aufgebaut.</translation>
    </message>
    <message>
        <source>The price file {path} cannot be read.</source>
        <translation>Die Preisdatei {path} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The price file {path} is not TOML.</source>
        <translation>Die Preisdatei {path} ist kein TOML.</translation>
    </message>
    <message>
        <source>Fix the file.</source>
        <translation>Berichtigen Sie die Datei.</translation>
    </message>
    <message>
        <source>The price file {path} has a mistake.</source>
        <translation>Die Preisdatei {path} hat einen Fehler.</translation>
    </message>
    <message>
        <source>Fix the entry, or remove it.</source>
        <translation>Berichtigen Sie den Eintrag, oder entfernen Sie ihn.</translation>
    </message>
    <message>
        <source>The job was cancelled.</source>
        <translation>Der Auftrag wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Files completed before that are kept.</source>
        <translation>Vorher fertiggestellte Dateien bleiben erhalten.</translation>
    </message>
    <message>
        <source>Internal error.</source>
        <translation>Interner Fehler.</translation>
    </message>
    <message>
        <source>Please report it with the log.</source>
        <translation>Bitte melden Sie ihn mit dem Protokoll.</translation>
    </message>
    <message>
        <source>The lines of {path} do not add up.</source>
        <translation>Die Zeilen von {path} gehen nicht auf.</translation>
    </message>
    <message>
        <source>{lines} lines, {understood} understood, {rejected} rejected, {pending} pending.</source>
        <translation>{lines} Zeilen, {understood} verstanden, {rejected} abgelehnt, {pending} unvollständig.</translation>
    </message>
    <message>
        <source>Please report it; nothing was exported.</source>
        <translation>Bitte melden Sie das; es wurde nichts exportiert.</translation>
    </message>
    <message>
        <source>The export was interrupted by an internal error.</source>
        <translation>Der Export wurde durch einen internen Fehler unterbrochen.</translation>
    </message>
    <message>
        <source>Please report it.</source>
        <translation>Bitte melden Sie es.</translation>
    </message>
    <message>
        <source>The reading was interrupted by an internal error.</source>
        <translation>Das Einlesen wurde durch einen internen Fehler unterbrochen.</translation>
    </message>
    <message>
        <source>The system refused.</source>
        <translation>Das System hat es verweigert.</translation>
    </message>
    <message>
        <source>Check the disk, and where the output goes.</source>
        <translation>Prüfen Sie den Datenträger und das Ziel der Ausgabe.</translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation>Die Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>It was moved or removed after the export.</source>
        <translation>Sie wurde nach dem Export verschoben oder entfernt.</translation>
    </message>
    <message>
        <source>The folder is no longer there.</source>
        <translation>Der Ordner ist nicht mehr da.</translation>
    </message>
    <message>
        <source>No program of this system opens it.</source>
        <translation>Kein Programm dieses Systems öffnet sie.</translation>
    </message>
    <message>
        <source>Open it from a program of your choice.</source>
        <translation>Öffnen Sie sie aus einem Programm Ihrer Wahl.</translation>
    </message>
    <message>
        <source>{path}, left by a program that was killed, was removed.</source>
        <translation>{path}, Rest eines abgeschossenen Programms, wurde entfernt.</translation>
    </message>
    <message>
        <source>{path} is complete, but a power cut could still undo its name ({reason}).</source>
        <translation>{path} ist vollständig, doch ein Stromausfall könnte den Namen noch aufheben ({reason}).</translation>
    </message>
    <message>
        <source>Records of unknown types were counted and passed over: {records}.</source>
        <translation>Einträge unbekannter Art wurden gezählt und übergangen: {records}.</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation>{path} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>{path} {problem}. What came before was read.</source>
        <translation>{path} {problem}. Was davor kam, wurde gelesen.</translation>
    </message>
    <message>
        <source>{path} was passed over: {reason}.</source>
        <translation>{path} wurde übergangen: {reason}.</translation>
    </message>
    <message>
        <source>{path} is an export of this program and was passed over.</source>
        <translation>{path} ist ein Export dieses Programms und wurde übergangen.</translation>
    </message>
    <message>
        <source>No price is known for {models}: the cost is unknown. Prices of your own go into {path}.</source>
        <translation>Für {models} ist kein Preis bekannt: Die Kosten sind unbekannt. Eigene Preise kommen in {path}.</translation>
    </message>
    <message>
        <source>No price is known for {models} and {more} more: the cost is unknown. Prices of your own go into {path}.</source>
        <translation>Für {models} und {more} weitere ist kein Preis bekannt: Die Kosten sind unbekannt. Eigene Preise kommen in {path}.</translation>
    </message>
    <message>
        <source>Another program uses these sources, so they are read again and not kept.</source>
        <translation>Ein anderes Programm arbeitet mit diesen Quellen; sie werden neu gelesen und nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>The cache was damaged and is rebuilt.</source>
        <translation>Der Zwischenspeicher war beschädigt und wird neu aufgebaut.</translation>
    </message>
    <message>
        <source>The cache was made by another version and is rebuilt.</source>
        <translation>Der Zwischenspeicher stammt von einer anderen Version und wird neu aufgebaut.</translation>
    </message>
    <message>
        <source>The cache cannot be written ({reason}), so that nothing is kept.</source>
        <translation>Der Zwischenspeicher kann nicht geschrieben werden ({reason}); nichts wird aufbewahrt.</translation>
    </message>
    <message>
        <source>The source {source} is no longer installed: its files are read again.</source>
        <translation>Die Quelle {source} ist nicht mehr installiert: Ihre Dateien werden neu gelesen.</translation>
    </message>
    <message>
        <source>The entry point {entry} of {package} cannot be used: {reason}</source>
        <translation>Der Einstiegspunkt {entry} von {package} ist nicht brauchbar: {reason}</translation>
    </message>
    <message>
        <source>The entry points of {package} cannot be read: {reason}</source>
        <translation>Die Einstiegspunkte von {package} können nicht gelesen werden: {reason}</translation>
    </message>
    <message numerus="yes">
        <source>{n} line(s) that could not be read are in {path}.</source>
        <translation><numerusform>{n} Zeile, die nicht gelesen werden konnte, steht in {path}.</numerusform><numerusform>{n} Zeilen, die nicht gelesen werden konnten, stehen in {path}.</numerusform></translation>
    </message>
    <message>
        <source>Not JSON</source>
        <translation>Kein JSON</translation>
    </message>
    <message>
        <source>More than one value on the line</source>
        <translation>Mehr als ein Wert in der Zeile</translation>
    </message>
    <message>
        <source>A control character inside a text</source>
        <translation>Ein Steuerzeichen in einem Text</translation>
    </message>
    <message>
        <source>JSON, but not an object</source>
        <translation>JSON, aber kein Objekt</translation>
    </message>
    <message>
        <source>The time cannot be read</source>
        <translation>Die Zeit ist nicht lesbar</translation>
    </message>
    <message>
        <source>Without an id</source>
        <translation>Ohne ID</translation>
    </message>
    <message>
        <source>Without a time</source>
        <translation>Ohne Zeit</translation>
    </message>
    <message>
        <source>Without a type</source>
        <translation>Ohne Art</translation>
    </message>
    <message>
        <source>The id is not a text</source>
        <translation>Die ID ist kein Text</translation>
    </message>
    <message>
        <source>The type is not a text</source>
        <translation>Die Art ist kein Text</translation>
    </message>
    <message>
        <source>NUL bytes, as a crash leaves them</source>
        <translation>NUL-Bytes, wie ein Absturz sie hinterlässt</translation>
    </message>
    <message>
        <source>Nested too deeply</source>
        <translation>Zu tief verschachtelt</translation>
    </message>
    <message>
        <source>A number beyond every range</source>
        <translation>Eine Zahl jenseits aller Grenzen</translation>
    </message>
    <message>
        <source>Longer than any event</source>
        <translation>Länger als jedes Ereignis</translation>
    </message>
    <message>
        <source>Not UTF-8</source>
        <translation>Kein UTF-8</translation>
    </message>
    <message numerus="yes">
        <source>{n} text(s) guarded against formulas</source>
        <translation><numerusform>{n} Text gegen Formeln geschützt</numerusform><numerusform>{n} Texte gegen Formeln geschützt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} text(s) with NUL characters replaced</source>
        <translation><numerusform>in {n} Text NUL-Zeichen ersetzt</numerusform><numerusform>in {n} Texten NUL-Zeichen ersetzt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} control character(s) replaced</source>
        <translation><numerusform>{n} Steuerzeichen ersetzt</numerusform><numerusform>{n} Steuerzeichen ersetzt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} cell(s) cut at {characters} characters</source>
        <translation><numerusform>{n} Zelle nach {characters} Zeichen gekürzt</numerusform><numerusform>{n} Zellen nach {characters} Zeichen gekürzt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} date(s) before 1900-03-01 written as text</source>
        <translation><numerusform>{n} Datum vor dem 1.3.1900 als Text geschrieben</numerusform><numerusform>{n} Daten vor dem 1.3.1900 als Text geschrieben</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>rare keys of {n} event(s) put together in one column</source>
        <translation><numerusform>seltene Schlüssel von {n} Ereignis in einer Spalte zusammengefasst</numerusform><numerusform>seltene Schlüssel von {n} Ereignissen in einer Spalte zusammengefasst</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} integer(s) beyond 2^53 written as text</source>
        <translation><numerusform>{n} ganze Zahl über 2^53 als Text geschrieben</numerusform><numerusform>{n} ganze Zahlen über 2^53 als Text geschrieben</numerusform></translation>
    </message>
    <message>
        <source>is bzip2, which is not read</source>
        <translation>ist bzip2 und wird nicht gelesen</translation>
    </message>
    <message>
        <source>is a ZIP archive, which is not read</source>
        <translation>ist ein ZIP-Archiv und wird nicht gelesen</translation>
    </message>
    <message>
        <source>is UTF-16 text, which is not read</source>
        <translation>ist UTF-16-Text und wird nicht gelesen</translation>
    </message>
    <message>
        <source>unpacks to more than {ratio} times its size and was not read further</source>
        <translation>entpackt sich auf mehr als das {ratio}-Fache seiner Größe und wurde nicht weiter gelesen</translation>
    </message>
    <message>
        <source>ends in the middle of its gzip stream (cut, or still being written)</source>
        <translation>endet mitten im gzip-Strom (abgeschnitten oder noch im Entstehen)</translation>
    </message>
    <message>
        <source>has bytes after its end that are not gzip</source>
        <translation>hat nach ihrem Ende Bytes, die kein gzip sind</translation>
    </message>
    <message>
        <source>is damaged: {reason}</source>
        <translation>ist beschädigt: {reason}</translation>
    </message>
    <message>
        <source>is damaged: its checksum is wrong</source>
        <translation>ist beschädigt: Die Prüfsumme stimmt nicht</translation>
    </message>
    <message>
        <source>could not be read beyond byte {position} ({reason})</source>
        <translation>konnte ab Byte {position} nicht gelesen werden ({reason})</translation>
    </message>
    <message>
        <source>was cut to {position} bytes while it was read</source>
        <translation>wurde während des Lesens auf {position} Bytes gekürzt</translation>
    </message>
    <message>
        <source>not a regular file</source>
        <translation>keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>its tool has set it aside</source>
        <translation>ihr Werkzeug hat sie beiseitegelegt</translation>
    </message>
    <message>
        <source>{path} is the same rollout</source>
        <translation>{path} ist dieselbe Aufzeichnung</translation>
    </message>
    <message>
        <source>is not a section: there are {sections}</source>
        <translation>ist kein Abschnitt: Es gibt {sections}</translation>
    </message>
    <message>
        <source>is not a section</source>
        <translation>ist kein Abschnitt</translation>
    </message>
    <message>
        <source>has no entry in [prices]</source>
        <translation>hat keinen Eintrag in [prices]</translation>
    </message>
    <message>
        <source>is not an entry such as {example}</source>
        <translation>ist kein Eintrag wie {example}</translation>
    </message>
    <message>
        <source>is not a figure of an entry: it has {figures}</source>
        <translation>ist keine Angabe eines Eintrags: Es gibt {figures}</translation>
    </message>
    <message>
        <source>is not a number from 0 to {highest}</source>
        <translation>ist keine Zahl von 0 bis {highest}</translation>
    </message>
    <message>
        <source>has no {figure}</source>
        <translation>hat kein {figure}</translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation>Eingabetokens</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>Ausgabetokens</translation>
    </message>
    <message>
        <source>Cache written</source>
        <translation>In den Cache</translation>
    </message>
    <message>
        <source>Cache read</source>
        <translation>Aus dem Cache</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Werkzeug</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>Vorgang</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Other members</source>
        <translation>Weitere Felder</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Anmerkungen</translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation>gelungen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>No reports. Several tables become one ZIP.</source>
        <translation>Keine Berichte. Mehrere Tabellen werden eine ZIP-Datei.</translation>
    </message>
    <message>
        <source>Events only.</source>
        <translation>Nur Ereignisse.</translation>
    </message>
    <message>
        <source>Events only. Compress chooses zstd instead of snappy.</source>
        <translation>Nur Ereignisse. „Komprimieren“ wählt zstd statt snappy.</translation>
    </message>
    <message>
        <source>No reports. Always compressed.</source>
        <translation>Keine Berichte. Immer komprimiert.</translation>
    </message>
    <message>
        <source>JSON, CSV, JSONL and reports together.</source>
        <translation>JSON, CSV, JSONL und Berichte zusammen.</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>95 %</source>
        <translation>95 %</translation>
    </message>
    <message>
        <source>99 %</source>
        <translation>99 %</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Cache writes</source>
        <translation>In den Cache</translation>
    </message>
    <message>
        <source>Cache reads</source>
        <translation>Aus dem Cache</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation>Gelungen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Success rate</source>
        <translation>Erfolgsquote</translation>
    </message>
    <message>
        <source>Total time</source>
        <translation>Gesamtdauer</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>Mittelwert</translation>
    </message>
    <message>
        <source>Shortest</source>
        <translation>Kürzeste</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>Längste</translation>
    </message>
    <message>
        <source>First (UTC)</source>
        <translation>Erstes (UTC)</translation>
    </message>
    <message>
        <source>Last (UTC)</source>
        <translation>Letztes (UTC)</translation>
    </message>
    <message>
        <source>Start (UTC)</source>
        <translation>Beginn (UTC)</translation>
    </message>
    <message>
        <source>End (UTC)</source>
        <translation>Ende (UTC)</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>Spanne</translation>
    </message>
    <message>
        <source>&amp;Compress</source>
        <translation>&amp;Komprimieren</translation>
    </message>
    <message>
        <source>Text formats end in .gz; Parquet uses zstd.</source>
        <translation>Textformate enden auf .gz; Parquet nutzt zstd.</translation>
    </message>
    <message>
        <source>Formula &amp;guard</source>
        <translation>Formel&amp;schutz</translation>
    </message>
    <message>
        <source>Text that a spreadsheet could run as a formula gets a ' before it in CSV.</source>
        <translation>Text, den eine Tabellenkalkulation als Formel ausführen könnte, bekommt in CSV ein ' davor.</translation>
    </message>
    <message>
        <source>&amp;Byte order mark, by which Excel knows UTF-8</source>
        <translation>&amp;BOM, an der Excel UTF-8 erkennt</translation>
    </message>
    <message>
        <source>Some other programs read the mark as part of the first column's name.</source>
        <translation>Manche anderen Programme lesen die BOM als Teil des Namens der ersten Spalte.</translation>
    </message>
    <message>
        <source>&amp;Lines end with</source>
        <translation>&amp;Zeilenende</translation>
    </message>
    <message>
        <source>RFC 4180 asks for CR LF; programs on Unix expect LF.</source>
        <translation>RFC 4180 verlangt CR LF; Programme unter Unix erwarten LF.</translation>
    </message>
    <message>
        <source>Pseudon&amp;yms for people and branches</source>
        <translation>&amp;Pseudonyme für Personen und Branches</translation>
    </message>
    <message>
        <source>User ids, account names in paths and branches get pseudonyms in the files, the same ones in every export of this computer. The preview shows the names.</source>
        <translation>Benutzer-IDs, Kontonamen in Pfaden und Branches werden in den Dateien durch Pseudonyme ersetzt, in jedem Export dieses Computers durch dieselben. Die Vorschau zeigt die Namen.</translation>
    </message>
    <message>
        <source>CR LF, as RFC 4180 says</source>
        <translation>CR LF, nach RFC 4180</translation>
    </message>
    <message>
        <source>LF, as on Unix</source>
        <translation>LF, wie unter Unix</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Hourly</source>
        <translation>Stündlich</translation>
    </message>
    <message>
        <source>Daily</source>
        <translation>Täglich</translation>
    </message>
    <message>
        <source>Weekly</source>
        <translation>Wöchentlich</translation>
    </message>
    <message>
        <source>Week from</source>
        <translation>Woche ab</translation>
    </message>
    <message>
        <source>Monthly</source>
        <translation>Monatlich</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Monat</translation>
    </message>
    <message>
        <source>By session</source>
        <translation>Nach Sitzung</translation>
    </message>
    <message>
        <source>By user</source>
        <translation>Nach Benutzer</translation>
    </message>
    <message>
        <source>By tool</source>
        <translation>Nach Werkzeug</translation>
    </message>
    <message>
        <source>By agent</source>
        <translation>Nach Agent</translation>
    </message>
    <message>
        <source>By project</source>
        <translation>Nach Projekt</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>Nach Modell</translation>
    </message>
</context>
<context>
    <name>detail</name>
    <message numerus="yes">
        <source>The first {n} character(s) are shown</source>
        <translation><numerusform>Das erste Zeichen wird gezeigt</numerusform><numerusform>Die ersten {n} Zeichen werden gezeigt</numerusform></translation>
    </message>
</context>
<context>
    <name>dialogs</name>
    <message>
        <source>Choose a folder with logs</source>
        <translation>Ordner mit Logs wählen</translation>
    </message>
    <message>
        <source>Choose log files</source>
        <translation>Log-Dateien wählen</translation>
    </message>
    <message>
        <source>Event logs (*.jsonl *.jsonl.gz *.jsonl.zst)</source>
        <translation>Ereignis-Logs (*.jsonl *.jsonl.gz *.jsonl.zst)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Save the export</source>
        <translation>Export speichern</translation>
    </message>
    <message numerus="yes">
        <source>Replace {n} file(s)?</source>
        <translation><numerusform>{n} Datei ersetzen?</numerusform><numerusform>{n} Dateien ersetzen?</numerusform></translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Enter a file name.</source>
        <translation>Geben Sie einen Dateinamen ein.</translation>
    </message>
    <message>
        <source>A file name cannot hold / \ : * ? " &lt; &gt; |</source>
        <translation>Ein Dateiname darf / \ : * ? " &lt; &gt; | nicht enthalten</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
</context>
<context>
    <name>empty</name>
    <message numerus="yes">
        <source>&amp;Open {n} source(s)</source>
        <translation><numerusform>{n} Quelle ö&amp;ffnen</numerusform><numerusform>{n} Quellen ö&amp;ffnen</numerusform></translation>
    </message>
</context>
<context>
    <name>exploring</name>
    <message numerus="yes">
        <source>The first {n} row(s) were copied</source>
        <translation><numerusform>{n} Zeile wurde kopiert</numerusform><numerusform>Die ersten {n} Zeilen wurden kopiert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} row(s) were left out; an export holds all of them.</source>
        <translation><numerusform>{n} Zeile fehlt; ein Export enthält alle.</numerusform><numerusform>{n} Zeilen fehlen; ein Export enthält alle.</numerusform></translation>
    </message>
</context>
<context>
    <name>facets</name>
    <message>
        <source>not</source>
        <translation>nicht</translation>
    </message>
</context>
<context>
    <name>figures</name>
    <message numerus="yes">
        <source>{n} event(s)</source>
        <translation><numerusform>{n} Ereignis</numerusform><numerusform>{n} Ereignisse</numerusform></translation>
    </message>
    <message>
        <source>{count} of {overall} events</source>
        <translation>{count} von {overall} Ereignissen</translation>
    </message>
    <message numerus="yes">
        <source>{n} session(s)</source>
        <translation><numerusform>{n} Sitzung</numerusform><numerusform>{n} Sitzungen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} user(s)</source>
        <translation><numerusform>{n} Benutzer</numerusform><numerusform>{n} Benutzer</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} error(s)</source>
        <translation><numerusform>{n} Fehler</numerusform><numerusform>{n} Fehler</numerusform></translation>
    </message>
    <message>
        <source>{tokens} tokens</source>
        <translation>{tokens} Tokens</translation>
    </message>
    <message>
        <source>cost unknown</source>
        <translation>Kosten unbekannt</translation>
    </message>
    <message>
        <source>{cost} for {percent} % of the tokens</source>
        <translation>{cost} für {percent} % der Tokens</translation>
    </message>
</context>
<context>
    <name>formatting</name>
    <message numerus="yes">
        <source>{n} s ago</source>
        <translation><numerusform>vor {n} s</numerusform><numerusform>vor {n} s</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} min ago</source>
        <translation><numerusform>vor {n} min</numerusform><numerusform>vor {n} min</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} h ago</source>
        <translation><numerusform>vor {n} h</numerusform><numerusform>vor {n} h</numerusform></translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message numerus="yes">
        <source>about {n} hour(s) left</source>
        <translation><numerusform>noch etwa {n} Stunde</numerusform><numerusform>noch etwa {n} Stunden</numerusform></translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message numerus="yes">
        <source>{n} day(s) ago</source>
        <translation><numerusform>vor {n} Tag</numerusform><numerusform>vor {n} Tagen</numerusform></translation>
    </message>
</context>
<context>
    <name>found</name>
    <message>
        <source>counting …</source>
        <translation>wird gezählt …</translation>
    </message>
    <message>
        <source>changed {ago}</source>
        <translation>geändert {ago}</translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s)</source>
        <translation><numerusform>{n} Datei</numerusform><numerusform>{n} Dateien</numerusform></translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Finished with errors</source>
        <translation>Fertig, mit Fehlern</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
</context>
<context>
    <name>keeping</name>
    <message numerus="yes">
        <source>Saved {n} file(s)</source>
        <translation><numerusform>{n} Datei gespeichert</numerusform><numerusform>{n} Dateien gespeichert</numerusform></translation>
    </message>
</context>
<context>
    <name>layout</name>
    <message>
        <source>&amp;Preview</source>
        <translation>&amp;Vorschau</translation>
    </message>
    <message>
        <source>&amp;Aggregations</source>
        <translation>&amp;Auswertungen</translation>
    </message>
    <message>
        <source>C&amp;harts</source>
        <translation>&amp;Diagramme</translation>
    </message>
    <message>
        <source>&amp;Report</source>
        <translation>&amp;Bericht</translation>
    </message>
</context>
<context>
    <name>log</name>
    <message>
        <source>Info</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Reading {sources} …</source>
        <translation>{sources} wird gelesen …</translation>
    </message>
    <message>
        <source>Export started</source>
        <translation>Export begonnen</translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s)</source>
        <translation><numerusform>{n} Datei</numerusform><numerusform>{n} Dateien</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Writing {n} event(s) to {files} …</source>
        <translation><numerusform>{n} Ereignis in {files} wird geschrieben …</numerusform><numerusform>{n} Ereignisse werden geschrieben: {files} …</numerusform></translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>Wird abgebrochen …</translation>
    </message>
    <message numerus="yes">
        <source>{n} complete file(s) were kept</source>
        <translation><numerusform>{n} vollständige Datei wurde behalten</numerusform><numerusform>{n} vollständige Dateien wurden behalten</numerusform></translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message numerus="yes">
        <source>{n} event(s)</source>
        <translation><numerusform>{n} Ereignis</numerusform><numerusform>{n} Ereignisse</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Exported {events} to {n} file(s) in {took}</source>
        <translation><numerusform>{events} in {n} Datei exportiert, in {took}</numerusform><numerusform>{events} in {n} Dateien exportiert, in {took}</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} part(s) could not be made.</source>
        <translation><numerusform>{n} Teil konnte nicht erstellt werden.</numerusform><numerusform>{n} Teile konnten nicht erstellt werden.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} read</source>
        <translation><numerusform>{n} gelesen</numerusform><numerusform>{n} gelesen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} line(s) could not be read</source>
        <translation><numerusform>{n} Zeile war nicht lesbar</numerusform><numerusform>{n} Zeilen waren nicht lesbar</numerusform></translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>The export was cancelled.</source>
        <translation>Der Export wurde abgebrochen.</translation>
    </message>
    <message numerus="yes">
        <source>{n} event(s)</source>
        <translation><numerusform>{n} Ereignis</numerusform><numerusform>{n} Ereignisse</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Exported {events} to {n} file(s)</source>
        <translation><numerusform>{events} in {n} Datei exportiert</numerusform><numerusform>{events} in {n} Dateien exportiert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Finished with errors: {n} part(s) could not be made</source>
        <translation><numerusform>Fertig, mit Fehlern: {n} Teil konnte nicht erstellt werden</numerusform><numerusform>Fertig, mit Fehlern: {n} Teile konnten nicht erstellt werden</numerusform></translation>
    </message>
    <message>
        <source>The log has all of it.</source>
        <translation>Das Protokoll nennt alles.</translation>
    </message>
    <message>
        <source>In {time}. Every file was checked after writing.</source>
        <translation>In {time}. Jede Datei wurde nach dem Schreiben geprüft.</translation>
    </message>
    <message>
        <source>Complete and kept: {names}.</source>
        <translation>Vollständig und behalten: {names}.</translation>
    </message>
    <message>
        <source>No file was left behind, and none was changed.</source>
        <translation>Keine Datei blieb zurück, und keine wurde verändert.</translation>
    </message>
    <message numerus="yes">
        <source>and {n} more</source>
        <translation><numerusform>und {n} weitere</numerusform><numerusform>und {n} weitere</numerusform></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>planning</name>
    <message>
        <source>Choose a folder with logs first.</source>
        <translation>Wählen Sie zuerst einen Ordner mit Logs.</translation>
    </message>
    <message>
        <source>The sources are being read.</source>
        <translation>Die Quellen werden gelesen.</translation>
    </message>
    <message>
        <source>An export is running.</source>
        <translation>Ein Export läuft.</translation>
    </message>
    <message>
        <source>Part of the sources has not been read yet. F5 reads the rest.</source>
        <translation>Ein Teil der Quellen ist noch nicht gelesen. F5 liest den Rest.</translation>
    </message>
</context>
<context>
    <name>preflight</name>
    <message>
        <source>There is not enough room in the folder.</source>
        <translation>Im Ordner ist nicht genug Platz.</translation>
    </message>
    <message>
        <source>Free some space, choose another disk, or fewer formats.</source>
        <translation>Schaffen Sie Platz, oder wählen Sie einen anderen Datenträger oder weniger Formate.</translation>
    </message>
    <message numerus="yes">
        <source>{n} text(s) longer than the {characters} characters of an Excel cell</source>
        <translation><numerusform>{n} Text ist länger als die {characters} Zeichen einer Excel-Zelle</numerusform><numerusform>{n} Texte sind länger als die {characters} Zeichen einer Excel-Zelle</numerusform></translation>
    </message>
    <message>
        <source>They are cut there with a mark. JSON, CSV and Parquet hold them whole.</source>
        <translation>Sie werden dort mit einer Marke gekürzt. JSON, CSV und Parquet enthalten sie ganz.</translation>
    </message>
    <message numerus="yes">
        <source>{n} text(s) in CSV that a spreadsheet can run as a formula</source>
        <translation><numerusform>{n} Text in CSV kann als Formel ausgeführt werden</numerusform><numerusform>{n} Texte in CSV können als Formeln ausgeführt werden</numerusform></translation>
    </message>
    <message>
        <source>Switch the formula guard on.</source>
        <translation>Schalten Sie den Formelschutz ein.</translation>
    </message>
    <message numerus="yes">
        <source>{n} text(s) in CSV that begin like a formula</source>
        <translation><numerusform>{n} Text in CSV beginnt wie eine Formel</numerusform><numerusform>{n} Texte in CSV beginnen wie Formeln</numerusform></translation>
    </message>
    <message>
        <source>The guard puts a ' before them. For a program that reads the CSV, switch it off.</source>
        <translation>Der Schutz setzt ein ' davor. Liest ein Programm die CSV-Datei, schalten Sie ihn aus.</translation>
    </message>
    <message numerus="yes">
        <source>{n} number(s) in CSV with more than {digits} digits</source>
        <translation><numerusform>{n} Zahl in CSV mit mehr als {digits} Stellen</numerusform><numerusform>{n} Zahlen in CSV mit mehr als {digits} Stellen</numerusform></translation>
    </message>
    <message>
        <source>Spreadsheets round them. Choose Excel, or import that column of the CSV as text.</source>
        <translation>Tabellenkalkulationen runden sie. Wählen Sie Excel, oder lesen Sie die Spalte als Text ein.</translation>
    </message>
    <message numerus="yes">
        <source>{n} time(s) before 1900-03-01</source>
        <translation><numerusform>{n} Zeitpunkt vor dem 1.3.1900</numerusform><numerusform>{n} Zeitpunkte vor dem 1.3.1900</numerusform></translation>
    </message>
    <message>
        <source>Spreadsheets disagree on them, so that Excel gets them as text.</source>
        <translation>Tabellenkalkulationen sind sich über sie uneins; Excel bekommt sie als Text.</translation>
    </message>
    <message numerus="yes">
        <source>{n} integer(s) larger than Excel can hold</source>
        <translation><numerusform>{n} ganze Zahl ist größer, als Excel sie fasst</numerusform><numerusform>{n} ganze Zahlen sind größer, als Excel sie fasst</numerusform></translation>
    </message>
    <message>
        <source>Excel gets them as text, with every digit.</source>
        <translation>Excel bekommt sie als Text, mit jeder Stelle.</translation>
    </message>
    <message numerus="yes">
        <source>{n} sheet(s) of events in Excel</source>
        <translation><numerusform>{n} Blatt mit Ereignissen in Excel</numerusform><numerusform>{n} Blätter mit Ereignissen in Excel</numerusform></translation>
    </message>
    <message>
        <source>A sheet ends at {rows} events; the rest goes on in the next ones.</source>
        <translation>Ein Blatt endet nach {rows} Ereignissen; der Rest folgt in den nächsten.</translation>
    </message>
    <message numerus="yes">
        <source>{n} line(s) of the sources could not be read</source>
        <translation><numerusform>{n} Zeile der Quellen war nicht lesbar</numerusform><numerusform>{n} Zeilen der Quellen waren nicht lesbar</numerusform></translation>
    </message>
    <message>
        <source>They are in no file. The figures below the preview lead to them.</source>
        <translation>Sie sind in keiner Datei. Die Zahlen unter der Vorschau führen zu ihnen.</translation>
    </message>
    <message numerus="yes">
        <source>{n} line(s) of the sources are not complete yet</source>
        <translation><numerusform>{n} Zeile der Quellen ist noch nicht vollständig</numerusform><numerusform>{n} Zeilen der Quellen sind noch nicht vollständig</numerusform></translation>
    </message>
    <message>
        <source>Read again (F5) when the other program has written them.</source>
        <translation>Lesen Sie neu ein (F5), wenn das andere Programm sie geschrieben hat.</translation>
    </message>
    <message numerus="yes">
        <source>{n} value(s) were altered while they were read</source>
        <translation><numerusform>{n} Wert wurde beim Lesen verändert</numerusform><numerusform>{n} Werte wurden beim Lesen verändert</numerusform></translation>
    </message>
    <message>
        <source>Every file says which and why; the sources are unchanged.</source>
        <translation>Jede Datei sagt, welche und warum; die Quellen sind unverändert.</translation>
    </message>
    <message>
        <source>About {text}</source>
        <translation>Etwa {text}</translation>
    </message>
    <message numerus="yes">
        <source>{n} event(s)</source>
        <translation><numerusform>{n} Ereignis</numerusform><numerusform>{n} Ereignisse</numerusform></translation>
    </message>
    <message>
        <source>{size} free</source>
        <translation>{size} frei</translation>
    </message>
    <message>
        <source>less than a second</source>
        <translation>weniger als eine Sekunde</translation>
    </message>
    <message numerus="yes">
        <source>about {n} second(s)</source>
        <translation><numerusform>etwa {n} Sekunde</numerusform><numerusform>etwa {n} Sekunden</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>about {n} minute(s)</source>
        <translation><numerusform>etwa {n} Minute</numerusform><numerusform>etwa {n} Minuten</numerusform></translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message numerus="yes">
        <source>{n} note(s)</source>
        <translation><numerusform>{n} Hinweis</numerusform><numerusform>{n} Hinweise</numerusform></translation>
    </message>
</context>
<context>
    <name>presets</name>
    <message numerus="yes">
        <source>{n} filter(s)</source>
        <translation><numerusform>{n} Filter</numerusform><numerusform>{n} Filter</numerusform></translation>
    </message>
</context>
<context>
    <name>preview</name>
    <message numerus="yes">
        <source>{n} line(s) rejected ▸</source>
        <translation><numerusform>{n} Zeile abgelehnt ▸</numerusform><numerusform>{n} Zeilen abgelehnt ▸</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>the table shows the first {n}; the export has all</source>
        <translation><numerusform>die Tabelle zeigt das erste; der Export hat alle</numerusform><numerusform>die Tabelle zeigt die ersten {n}; der Export hat alle</numerusform></translation>
    </message>
    <message>
        <source>Newest first. Files stay in the order of time.</source>
        <translation>Neueste zuerst. Dateien bleiben zeitlich geordnet.</translation>
    </message>
    <message>
        <source>The first {shown} of {all} events by {column}. Files hold all, in the order of time.</source>
        <translation>Die ersten {shown} von {all} Ereignissen, nach {column}. Dateien enthalten alle, zeitlich geordnet.</translation>
    </message>
    <message>
        <source>Sorted by {column}. Files stay in the order of time.</source>
        <translation>Geordnet nach {column}. Dateien bleiben zeitlich geordnet.</translation>
    </message>
</context>
<context>
    <name>progress</name>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>finishing</source>
        <translation>wird abgeschlossen</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>wird geprüft</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>Wird abgebrochen …</translation>
    </message>
    <message>
        <source>Writing …</source>
        <translation>Wird geschrieben …</translation>
    </message>
    <message>
        <source>Finishing {name} …</source>
        <translation>{name} wird abgeschlossen …</translation>
    </message>
    <message>
        <source>Checking {name} …</source>
        <translation>{name} wird geprüft …</translation>
    </message>
    <message>
        <source>Writing {name} …</source>
        <translation>{name} wird geschrieben …</translation>
    </message>
    <message>
        <source>Looking for changed files …</source>
        <translation>Geänderte Dateien werden gesucht …</translation>
    </message>
    <message numerus="yes">
        <source>Reading {n} file(s)</source>
        <translation><numerusform>{n} Datei wird gelesen</numerusform><numerusform>{n} Dateien werden gelesen</numerusform></translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message numerus="yes">
        <source>{n} event(s) so far</source>
        <translation><numerusform>bisher {n} Ereignis</numerusform><numerusform>bisher {n} Ereignisse</numerusform></translation>
    </message>
    <message>
        <source>{count} events/s</source>
        <translation>{count} Ereignisse/s</translation>
    </message>
</context>
<context>
    <name>rejects</name>
    <message numerus="yes">
        <source>{n} line(s) saved</source>
        <translation><numerusform>{n} Zeile gespeichert</numerusform><numerusform>{n} Zeilen gespeichert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} line(s) could not be read as events</source>
        <translation><numerusform>{n} Zeile war nicht als Ereignis lesbar</numerusform><numerusform>{n} Zeilen waren nicht als Ereignisse lesbar</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) could be read in part only</source>
        <translation><numerusform>{n} Datei war nur teilweise lesbar</numerusform><numerusform>{n} Dateien waren nur teilweise lesbar</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>The first {n} are shown; the CSV has all.</source>
        <translation><numerusform>Die erste wird gezeigt; die CSV-Datei hat alle.</numerusform><numerusform>Die ersten {n} werden gezeigt; die CSV-Datei hat alle.</numerusform></translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Report format</source>
        <translation>Format des Berichts</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message numerus="yes">
        <source>{n} character(s)</source>
        <translation><numerusform>{n} Zeichen</numerusform><numerusform>{n} Zeichen</numerusform></translation>
    </message>
</context>
<context>
    <name>sources</name>
    <message numerus="yes">
        <source>{n} source(s)</source>
        <translation><numerusform>{n} Quelle</numerusform><numerusform>{n} Quellen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} more</source>
        <translation><numerusform>{n} weitere</numerusform><numerusform>{n} weitere</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} new file(s)</source>
        <translation><numerusform>{n} neue Datei</numerusform><numerusform>{n} neue Dateien</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) changed</source>
        <translation><numerusform>{n} Datei geändert</numerusform><numerusform>{n} Dateien geändert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) gone</source>
        <translation><numerusform>{n} Datei verschwunden</numerusform><numerusform>{n} Dateien verschwunden</numerusform></translation>
    </message>
    <message>
        <source>{size} more</source>
        <translation>{size} mehr</translation>
    </message>
    <message numerus="yes">
        <source>{n} source(s) no longer there ▸</source>
        <translation><numerusform>{n} Quelle nicht mehr da ▸</numerusform><numerusform>{n} Quellen nicht mehr da ▸</numerusform></translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Aktualisieren</translation>
    </message>
    <message numerus="yes">
        <source>Reading {n} source(s) …</source>
        <translation><numerusform>{n} Quelle wird gelesen …</numerusform><numerusform>{n} Quellen werden gelesen …</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s)</source>
        <translation><numerusform>{n} Datei</numerusform><numerusform>{n} Dateien</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} event(s)</source>
        <translation><numerusform>{n} Ereignis</numerusform><numerusform>{n} Ereignisse</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} line(s) still being written</source>
        <translation><numerusform>{n} Zeile wird noch geschrieben</numerusform><numerusform>{n} Zeilen werden noch geschrieben</numerusform></translation>
    </message>
    <message>
        <source>updated {ago}</source>
        <translation>aktualisiert {ago}</translation>
    </message>
    <message>
        <source>Only a part has been read</source>
        <translation>Nur ein Teil wurde gelesen</translation>
    </message>
    <message>
        <source>Still being read; what is in already is below</source>
        <translation>Wird noch gelesen; was schon da ist, steht unten</translation>
    </message>
    <message>
        <source>No longer there</source>
        <translation>Nicht mehr da</translation>
    </message>
    <message>
        <source>Being read</source>
        <translation>Wird gelesen</translation>
    </message>
    <message>
        <source>Read in part</source>
        <translation>Teilweise gelesen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Read, with gaps</source>
        <translation>Gelesen, mit Lücken</translation>
    </message>
    <message>
        <source>No events</source>
        <translation>Keine Ereignisse</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message numerus="yes">
        <source>{n} line(s) rejected</source>
        <translation><numerusform>{n} Zeile abgelehnt</numerusform><numerusform>{n} Zeilen abgelehnt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) read in part</source>
        <translation><numerusform>{n} Datei teilweise gelesen</numerusform><numerusform>{n} Dateien teilweise gelesen</numerusform></translation>
    </message>
</context>
<context>
    <name>time</name>
    <message numerus="yes">
        <source>{n} event(s)</source>
        <translation><numerusform>{n} Ereignis</numerusform><numerusform>{n} Ereignisse</numerusform></translation>
    </message>
</context>
</TS>
