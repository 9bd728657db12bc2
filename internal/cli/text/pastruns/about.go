package pastruns

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"crmferry/importer/outcome"
	"crmferry/importer/trace"
	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/job/about"
	"crmferry/internal/state"
)

// mostRows is how many rows of one run are shown to people. Programs get all.
const mostRows = 20

// AboutRun is what one run did to a contact, line by line, the run first.
func AboutRun(r *about.Run) []string {
	head := fmt.Sprintf("%s  %s %s  %s", r.ID, r.Kind, RunResource(r.Past), r.Since.Local().Format(time.DateTime))
	if r.File != "" {
		head += "  " + RunFile(r.Past)
	}
	lines := []string{head}
	for _, row := range r.Found.Rows[:min(mostRows, len(r.Found.Rows))] {
		lines = append(lines, "  "+aboutRow(r, row))
		for _, line := range fieldLines(row.Fields) {
			lines = append(lines, "    "+line)
		}
		lines = append(lines, "    undo: "+undoOf(r, row).Words)
	}
	if more := len(r.Found.Rows) - mostRows; more > 0 {
		lines = append(lines, fmt.Sprintf("  and %s: --json has all of them", humanize.Count(int64(more), "more row")))
	}
	return lines
}

// aboutRow is what became of a row: "row 12: updated, id 4711, 2026-07-02 09:15:03".
func aboutRow(r *about.Run, row trace.Row) string {
	line := fmt.Sprintf("row %d: ", row.Number)
	if row.Number == 0 {
		line = "a row: " // whose intent is all that is left
	}
	res := row.Result
	if res == nil {
		return line + became(r, row)
	}
	parts := []string{became(r, row)}
	if res.ID != "" {
		parts = append(parts, "id "+res.ID)
	}
	if !res.Finished.IsZero() {
		parts = append(parts, res.Finished.Local().Format(time.DateTime))
	}
	if codes := res.Codes(); codes != "" {
		parts = append(parts, codes)
	}
	line += strings.Join(parts, ", ")
	if m := text.RowMessage(res); m != "" {
		line += ": " + m
	}
	return line
}

// became is what became of a row. What is not known is never called nothing.
func became(r *about.Run, row trace.Row) string {
	res := row.Result
	switch why := notKnown(r, row); {
	case why != "":
		return "what became of it is not known, " + why
	case res == nil:
		return "not sent"
	case res.Open:
		return fmt.Sprintf("in doubt (%s)", res.Action)
	case res.Outcome == "":
		return fmt.Sprintf("planned (%s)", res.Action)
	}
	return string(res.Outcome)
}

// notKnown says why the journal does not tell what became of a row, "" if it does.
func notKnown(r *about.Run, row trace.Row) string {
	switch silent := row.Result == nil || row.Result.Open; {
	case silent && r.Found.Damage != (state.Damage{}):
		return "the journal is damaged"
	case silent && r.State == history.Finished:
		return "the journal has lost it"
	}
	return ""
}

// fieldLines are the fields with their values before and after, aligned.
func fieldLines(fields []trace.Field) []string {
	wide := 0
	for _, f := range fields {
		wide = max(wide, len(f.Name))
	}
	var lines []string
	for _, f := range fields {
		lines = append(lines, fmt.Sprintf("%-*s  %s -> %s", wide, f.Name, shownValue(f.Before), shownValue(f.After)))
	}
	return lines
}

func shownValue(v *string) string {
	switch {
	case v == nil:
		return "(not known)"
	case *v == "":
		return "(empty)"
	}
	return fmt.Sprintf("%q", *v)
}

// Undo is what taking a run back would do about one row.
type Undo struct {
	Would string `json:"would"` // delete, archive, restore, create, nothing, cannot; unknown where the run's journal does not say enough
	Words string `json:"words"`
}

// undoOf says it from what is known of the row: who was created is deleted, what was changed gets back its values.
func undoOf(r *about.Run, row trace.Row) Undo {
	res, can := row.Result, r.Resource.Capabilities(false)
	switch {
	case notKnown(r, row) != "":
		return Undo{"unknown", "what became of the row is not known: look in the CRM"}
	case res == nil:
		return Undo{"nothing", "nothing, the row was not sent"}
	case res.Open:
		return Undo{"unknown", "the row is in doubt, and would be looked up first"}
	case res.Outcome == "":
		return Undo{"nothing", "nothing, it was only planned"}
	case res.Outcome == outcome.Unknown:
		return Undo{"unknown", "what became of the row is not known: look in the CRM"}
	case res.Outcome == outcome.Created, row.Took && res.Action == outcome.ActionCreate && res.Outcome != outcome.Updated:
		return undoCreate(can)
	case res.Outcome == outcome.Deleted && len(row.Fields) == 0:
		return Undo{"cannot", "it cannot be taken back: what was held was not kept in the run"}
	case res.Outcome == outcome.Deleted:
		return Undo{"create", "it would be created again, with another id"}
	case res.Outcome == outcome.Updated, row.Took:
		return undoUpdate(row.Fields, can.Update)
	}
	return Undo{"nothing", "nothing, it was not changed"}
}

// undoCreate says what would become of a contact that was created.
func undoCreate(can account.Capabilities) Undo {
	switch {
	case can.Delete != "":
		return Undo{"delete", "it would be deleted, if nobody has changed it since"}
	case can.Archive:
		return Undo{"archive", "it would be archived, if nobody has changed it since: the CRM documents no way to delete it"}
	}
	return Undo{"cannot", "it cannot be taken back: the CRM documents no way to delete it; do it there by hand"}
}

// undoUpdate says what would become of the fields that an update has written.
func undoUpdate(fields []trace.Field, canUpdate bool) Undo {
	var back, lost []string
	for _, f := range fields {
		if f.Before != nil {
			back = append(back, f.Name)
		} else {
			lost = append(lost, f.Name)
		}
	}
	switch {
	case len(back) == 0:
		return Undo{"cannot", "it cannot be taken back: what was held before was not read"}
	case !canUpdate:
		return Undo{"cannot", "it cannot be taken back: the CRM documents no way to change it"}
	}
	words := humanize.List(back) + " would get back what was there before, if nobody has changed it since"
	if len(lost) > 0 {
		words += "; what was in " + humanize.List(lost) + " was not read"
	}
	return Undo{"restore", words}
}

// AboutSummary says how much was found, and by which ids more may be.
func AboutSummary(asked string, runs []*about.Run) []text.Message {
	rows, in, unread := CountAbout(runs)
	all := humanize.Count(int64(len(runs)), "run")
	switch {
	case rows == 0 && unread > 0:
		return []text.Message{text.Warnf("nothing about %q was found, but of %s %d could not be read in full: what those did is not known", asked, all, unread)}
	case rows == 0:
		return []text.Message{text.Notef("nothing about %q was found in %s", asked, all)}
	}
	list := []text.Message{text.Notef("%q: %s in %d of %s", asked, humanize.Count(int64(rows), "row"), in, all)}
	for _, id := range aboutIDs(asked, runs) {
		list = append(list, text.Notef("rows that name the contact by its id alone: %s", text.CommandLine("runs", "--about", id)))
	}
	return list
}

// CountAbout counts the rows found, the runs that have some, and those that could not be searched in full.
func CountAbout(runs []*about.Run) (rows, in, unread int) {
	for _, r := range runs {
		if r.Found == nil || r.Found.Why != nil || r.Found.Damage != (state.Damage{}) {
			unread++
		}
		if r.Found != nil && len(r.Found.Rows) > 0 {
			rows, in = rows+len(r.Found.Rows), in+1
		}
	}
	return rows, in, unread
}

// AboutGaps say of which runs not all is known.
func AboutGaps(runs []*about.Run) []text.Message {
	var list []text.Message
	var old []string
	for _, r := range runs {
		if why := aboutGap(r); why != "" {
			list = append(list, text.Warnf("%s: %s", r.ID, why))
		} else if !r.Found.Kept {
			old = append(old, r.ID)
		}
	}
	if len(old) > 0 {
		list = append(list, text.Notef("%s kept no rows (an older version, --no-copy, or older than CRMFERRY_KEEP) and were searched by their journals, which have the key and the id of each row: %s",
			humanize.Count(int64(len(old)), "run"), humanize.SomeOf(old, ", ", 3)))
	}
	return list
}

// aboutGap is what of a run could not be read, "" for nothing.
func aboutGap(r *about.Run) string {
	switch {
	case r.Err != nil:
		return fmt.Sprintf("it could not be searched: %v", r.Err)
	case r.Found.Why != nil && r.Found.Damage != (state.Damage{}):
		return fmt.Sprintf("its rows cannot be read (%v), its journal is damaged (%s)", r.Found.Why, r.Found.Damage)
	case r.Found.Why != nil:
		return fmt.Sprintf("its rows cannot be read, and only its journal was searched: %v", r.Found.Why)
	case r.Found.Damage != (state.Damage{}):
		return fmt.Sprintf("its journal is damaged (%s): what it did behind that is not known", r.Found.Damage)
	}
	return ""
}

// aboutIDs are the first ids of the contacts found, less the words that was asked for.
func aboutIDs(asked string, runs []*about.Run) []string {
	const most = 3
	var ids []string
	for _, r := range runs {
		if r.Found == nil {
			continue
		}
		for _, row := range r.Found.Rows {
			if res := row.Result; res != nil && res.ID != "" && res.ID != strings.TrimSpace(asked) && !slices.Contains(ids, res.ID) && len(ids) < most {
				ids = append(ids, res.ID)
			}
		}
	}
	return ids
}

// AboutJSON is the answer for programs.
type AboutJSON struct {
	About    string         `json:"about"`
	Searched int            `json:"searched"` // runs
	Runs     []AboutRunJSON `json:"runs"`     // that have rows about the contact, the newest first
	Gaps     []AboutGapJSON `json:"gaps"`     // what could not be read
}

// AboutRunJSON is a run with its rows about the contact.
type AboutRunJSON struct {
	RunJSON
	Journal bool           `json:"by_journal"` // the run kept no rows: only keys, ids and what was changed were searched
	Rows    []AboutRowJSON `json:"found"`
}

// AboutRowJSON is a row about the contact. Values that are not known are null.
type AboutRowJSON struct {
	Row     int              `json:"row"`
	Became  string           `json:"became"` // for people
	Outcome outcome.Outcome  `json:"outcome"`
	Action  outcome.Action   `json:"action"`
	Key     string           `json:"key"`
	ID      string           `json:"id"`
	At      *time.Time       `json:"at"`
	Error   string           `json:"error"`
	Message string           `json:"message"`
	Fields  []AboutFieldJSON `json:"fields"`
	Undo    Undo             `json:"undo"`
}

// AboutFieldJSON is what a row did to one field.
type AboutFieldJSON struct {
	Field  string  `json:"field"`
	Before *string `json:"before"`
	After  *string `json:"after"`
}

// AboutGapJSON is a run of which not all could be read.
type AboutGapJSON struct {
	Run   string `json:"run"`
	Error string `json:"error"`
}

// NewAboutJSON is what was found, for programs.
func NewAboutJSON(asked string, runs []*about.Run) AboutJSON {
	out := AboutJSON{About: asked, Searched: len(runs), Runs: []AboutRunJSON{}, Gaps: []AboutGapJSON{}}
	for _, r := range runs {
		if why := aboutGap(r); why != "" {
			out.Gaps = append(out.Gaps, AboutGapJSON{r.ID, why})
		}
		if r.Found == nil || len(r.Found.Rows) == 0 {
			continue
		}
		run := AboutRunJSON{RunJSON: NewRunJSON(r.Past), Journal: !r.Found.Kept}
		for _, row := range r.Found.Rows {
			run.Rows = append(run.Rows, newAboutRow(r, row))
		}
		out.Runs = append(out.Runs, run)
	}
	return out
}

func newAboutRow(r *about.Run, row trace.Row) AboutRowJSON {
	res := cmp.Or(row.Result, &outcome.Result{})
	out := AboutRowJSON{Row: row.Number, Became: became(r, row), Outcome: res.Outcome, Action: res.Action, Key: res.Key, ID: res.ID,
		Error: res.Codes(), Message: text.RowMessage(res), Fields: []AboutFieldJSON{}, Undo: undoOf(r, row)}
	if !res.Finished.IsZero() {
		out.At = &res.Finished
	}
	for _, f := range row.Fields {
		out.Fields = append(out.Fields, AboutFieldJSON{f.Name, f.Before, f.After})
	}
	return out
}
