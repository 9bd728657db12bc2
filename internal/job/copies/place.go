package copies

import (
	"fmt"

	"crmferry/internal/failure"
	"crmferry/internal/job/files"
	"crmferry/internal/state"
)

// PlaceError refuses an output in the place of a copy.
type PlaceError struct {
	Kind state.OutputKind
	Path string
}

// Error names the file.
func (e *PlaceError) Error() string {
	return fmt.Sprintf("the %s %q would take the place of the copy of what is deleted", e.Kind, e.Path)
}

// Elsewhere advises to let a copy be written to another place, or to keep none.
type Elsewhere struct{}

// IsAdvice marks it.
func (Elsewhere) IsAdvice() {}

// CheckPlace refuses other files in the place of a copy, and a folder that takes none.
func CheckPlace(path, report, rejects string) error {
	for kind, other := range map[state.OutputKind]string{state.ReportOutput: report, state.RejectsOutput: rejects} {
		if other != "" && files.SameFile(other, path) {
			return failure.Refuse(&PlaceError{kind, other}, files.NameOutput{Kind: kind})
		}
	}
	f, err := state.CreateFile(path, 0o600)
	if err != nil {
		return failure.Refuse(fmt.Errorf("copy what is to be deleted: %w", err), Elsewhere{})
	}
	f.Abort()
	return nil
}
