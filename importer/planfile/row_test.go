package planfile

import (
	"testing"

	"crmferry/importer/outcome"
	"crmferry/mapping"
)

func TestRowOf(t *testing.T) {
	for _, tt := range []struct {
		res     outcome.Result
		changes []Change
		want    string
	}{
		{outcome.Result{Action: outcome.ActionCreate, Changed: []string{"email", "phone"}}, nil, "email, phone"},
		{outcome.Result{Action: outcome.ActionUpdate}, []Change{{Field: "phone", Now: "1", Will: ""}, {Field: "stage", Now: "a", Will: "b"}, {Field: "city", Now: "", Will: "Utrecht"}}, "phone (emptied), stage, city"},
		{outcome.Result{Action: outcome.ActionUpdate}, []Change{{Field: "owner", Now: "no", Will: "yes"}, Taken("owner", "Joe, joe@example.com")}, "owner, owner of Joe, joe@example.com"},
		{outcome.Result{Action: outcome.ActionDelete}, nil, ""},
		{outcome.Result{Outcome: outcome.Unchanged, Action: outcome.ActionNone}, nil, "unchanged"},
		{outcome.Result{Outcome: outcome.Rejected, Action: outcome.ActionNone, Problems: []mapping.Problem{{Code: "bad_email", Message: `"a@" is no address`}, {Code: "required", Message: "the name is missing"}}}, nil,
			`rejected: bad_email; required: "a@" is no address; the name is missing`},
	} {
		tt.res.Row = 7
		r := RowOf(&tt.res, "Ann", tt.changes)
		if r.What != tt.want || r.Number != 7 || r.Shown() != 7 || r.IsSent() != (tt.res.Outcome == "") {
			t.Errorf("%+v", r)
		}
	}
}

func TestRef(t *testing.T) {
	r := Row{Number: 12, First: 40}
	run, number, ok := parseRef(r.Ref("20260702T091500Z-plan-x-4f1a9c"))
	if run != "20260702T091500Z-plan-x-4f1a9c" || number != 12 || !ok || r.Shown() != 40 {
		t.Errorf("%q, %d, %v", run, number, ok)
	}
	for _, text := range []string{"", "/", "/1", "run", "run/", "run/x", "run/0", "run/-1"} {
		if _, _, ok := parseRef(text); ok {
			t.Errorf("%q names a row", text)
		}
	}
}
