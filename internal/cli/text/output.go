package text

import (
	"cmp"

	"crmferry/internal/state"
)

// KeptFiles are the files that hold what people changed, for --json.
func KeptFiles(outputs ...*state.Output) []string {
	var kept []string
	for _, o := range outputs {
		if path := cmp.Or(o.Kept, o.Left); path != "" && o.Kind != state.CopyOutput {
			kept = append(kept, path)
		}
	}
	return kept
}
