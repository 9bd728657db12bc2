package journal

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer/outcome"
)

// TestRecords: what is written by hand is what encoding/json reads.
func TestRecords(t *testing.T) {
	for _, r := range []record{
		{Kind: recordStart, At: 1_700_000_000_000, Rows: 7},
		{Kind: recordUpTo, Seq: 128},
		{Kind: recordLink, Link: "tags", Name: "Größe \"XL\"\n\u2028<&>", At: 1},
		{Kind: recordOutcome, Seq: 3, At: 5, Action: outcome.ActionUpdate, ID: "/people/7", Changed: []string{"a", "b.c"}, Row: 5, First: 12, Line: 6,
			Outcome: outcome.Failed, Key: `o'neill\@example.com`, Problems: []problem{{"taken", "email", "E-mail", "is <taken>"}, {Code: "x"}},
			Notes: []string{"one", "zw\u00f6lf"}, Attempts: 2, Status: 422, RequestID: "req", Duration: 9, Written: true},
		{Kind: recordIntent, Action: "update", ID: "7", Changed: []string{"phone"}, Before: json.RawMessage(`{"Phone":"1"}`), After: json.RawMessage(`{}`)},
		{Kind: recordStep, ID: "7", Former: new(string)},
		{Kind: recordOutcome, Action: outcome.ActionUpdate, Takes: &outcome.Former{Field: "owner", ID: "7", Name: "Zoë \"Z\""}, After: json.RawMessage(`{}`)},
		{Kind: recordOutcome, Action: outcome.ActionUpdate, Takes: &outcome.Former{Field: "owner"}},
		{Kind: recordOutcome, Key: "\xff broken", Problems: []problem{{Message: "\xff"}}},
	} {
		want, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var a, b record
		got := r.appendJSON(nil)
		if err := json.Unmarshal(got, &a); err != nil {
			t.Fatalf("%s: %v", got, err)
		}
		if err := json.Unmarshal(want, &b); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(b, a); diff != "" {
			t.Errorf("%s\n%s", got, diff)
		}
	}
}
