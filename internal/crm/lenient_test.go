package crm

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestLenient(t *testing.T) {
	type inner struct {
		Name Text `json:"name"`
	}
	type outer struct {
		Text  Text         `json:"text"`
		Texts Texts        `json:"texts"`
		Loose Loose[inner] `json:"loose"`
	}
	tests := []struct {
		json string
		want outer
	}{
		{`{}`, outer{}},
		{`{"text": null, "texts": null, "loose": null}`, outer{}},
		{`{"text": "a\u00e9", "texts": ["a", 1, null], "loose": {"name": "b"}}`, outer{"aé", Texts{"a", "1"}, Loose[inner]{Value: inner{"b"}}}},
		{`{"text": 45, "texts": "one", "loose": []}`, outer{Text: "45", Texts: Texts{"one"}}},
		{`{"text": true, "texts": {"a": 1}, "loose": ""}`, outer{Text: "true"}},
		{`{"text": {"a": 1}, "texts": [], "loose": 7}`, outer{}},
		{`{"text": [1], "texts": 4.5, "loose": {}}`, outer{Texts: Texts{"4.5"}}},
		{`{"text": 450000000000000000001}`, outer{Text: "450000000000000000001"}},
	}
	for _, tt := range tests {
		var got outer
		if err := json.Unmarshal([]byte(tt.json), &got); err != nil {
			t.Errorf("%s: %v", tt.json, err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.json, diff)
		}
	}
}

func TestParseTime(t *testing.T) {
	day := time.Date(2026, 6, 15, 9, 30, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"2026-06-15T09:30:00.000000Z": day,
		"2026-06-15T09:30:00Z":        day,
		"2026-06-15T11:30:00+02:00":   day,
		"2026-06-15T11:30:00+0200":    day,
		"2026-06-15T09:30:00":         day,
		"2026-06-15 09:30:00 UTC":     day,
		" 2026-06-15 09:30:00 ":       day,
		"2026-06-15":                  time.Date(2026, 6, 15, 0, 0, 0, 0, time.UTC),
		"":                            {},
		"yesterday":                   {},
		"2026-06-16T09:30:00+24:00":   day,
		"9999-12-31T23:59:59-01:00":   {}, // in UTC it is of the year 10000
		"0000-01-01T00:00:00+01:00":   {},
	} {
		got := ParseTime(text)
		if _, err := got.MarshalJSON(); err != nil || !got.Equal(want) {
			t.Errorf("%q is %v, want %v: %v", text, got, want, err)
		}
	}
}
