package text

import (
	"cmp"

	"crmferry/internal/job/files"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
)

// KeptFiles are the files that hold what people changed, for --json.
func KeptFiles(outputs ...*state.Output) []string {
	var kept []string
	for _, o := range outputs {
		if path := cmp.Or(o.Kept, o.Left); path != "" && o.Kind != state.CopyOutput && o.Kind != state.ChangesOutput {
			kept = append(kept, path)
		}
	}
	return kept
}

// Outputs say which files of people's stay, or where they are now. It is said under --quiet, too: a script would go on with
// the old file, or people miss theirs.
func Outputs(written ...*state.Output) []Message {
	var list []Message
	for _, o := range written {
		list = append(list, output(o)...)
	}
	return list
}

func output(o *state.Output) []Message {
	var list []Message
	why := "it is not as crmferry left it"
	if o.Unsure {
		why = "nothing here tells that it is as crmferry left it"
	}
	switch {
	case o.Kind == state.CopyOutput, o.Kind == state.ChangesOutput:
	case o.Left != "":
		list = append(list, Resultf("kept    %s as it is: %s; the new one is %s", o.Left, why, o.Path()))
	case o.Kept != "":
		list = append(list, Resultf("kept    %s, which was %s: %s", o.Kept, o.Path(), why))
	}
	for _, path := range o.Removed {
		list = append(list, Resultf("removed %s: the newest three are kept", path))
	}
	if o.Forgot != nil && files.FormatOf(o.Path()) == sheet.CSV { // a workbook shows it by itself
		list = append(list, Warnf("%s counts as changed next time: %v", o.Path(), o.Forgot))
	}
	return list
}
