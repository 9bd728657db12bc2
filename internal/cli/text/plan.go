package text

import (
	"errors"

	"crmferry/importer/planfile"
	"crmferry/internal/sheet/rows"
)

// PlanHint says what to do about the file of a plan that cannot be applied; "" if the error says it itself.
func PlanHint(err error) string {
	hints := []struct {
		kind error
		hint string
	}{
		{planfile.ErrMark, "leave the cell empty or write yes to have it done, no to leave the row out"},
		{planfile.ErrChanged, "put back what stood there: the file only says which rows are done. Change the input instead, and plan it again with --dry-run"},
		{planfile.ErrTwoPlans, "apply each plan with a file of its own"},
		{planfile.ErrNotPlan, "name the file that import --dry-run wrote, or its run"},
		{planfile.ErrUnclear, ""},                                // says it itself
		{rows.ErrEncoding, `save it as "CSV UTF-8" or as .xlsx`}, // there is no flag for it
		{rows.ErrWhichEncoding, `save it as "CSV UTF-8" or as .xlsx`},
	}
	for _, h := range hints {
		if errors.Is(err, h.kind) {
			return h.hint
		}
	}
	return fileHint(err)
}
