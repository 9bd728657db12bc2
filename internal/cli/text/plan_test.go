package text

import (
	"strings"
	"testing"

	"crmferry/importer/planfile"
	"crmferry/internal/sheet/rows"
)

func TestPlanHint(t *testing.T) {
	for _, tt := range []struct {
		kind error
		want string
	}{
		{planfile.ErrMark, "write yes"},
		{planfile.ErrChanged, "put back"},
		{planfile.ErrTwoPlans, "a file of its own"},
		{planfile.ErrNotPlan, "--dry-run"},
		{rows.ErrWhichEncoding, "CSV UTF-8"},
		{rows.ErrNoFile, "check the path"},
	} {
		hint := PlanHint(&rows.Error{Path: "x.csv", Err: rows.Errorf(tt.kind, "it is wrong")})
		if !strings.Contains(hint, tt.want) || strings.Contains(hint, "--encoding") {
			t.Errorf("%v: %q", tt.kind, hint)
		}
	}
	if hint := PlanHint(rows.Errorf(planfile.ErrUnclear, "unmerge them")); hint != "" {
		t.Errorf("%q is said twice", hint)
	}
}
