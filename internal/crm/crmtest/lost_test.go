package crmtest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestLost(t *testing.T) {
	type contact struct {
		Name    string
		Tags    []string
		Created time.Time
		Price   *float64
	}
	price := 4.5
	full := contact{"Jane", []string{"VIP", "Hot Lead"}, time.Date(2026, 6, 15, 9, 30, 0, 0, time.UTC), &price}
	answer := `{"name": "Jane", "tags": "VIP, Hot Lead", "created": "2026-06-15T11:30:00.000+02:00", "price": 4.5, "none": null, "empty": []}`
	for _, tt := range []struct {
		contact contact
		want    []string
	}{
		{full, nil},
		{contact{Name: "Jane", Tags: []string{"VIP"}}, []string{".created = 2026-06-15T09:30:00Z", ".price = 4.5", ".tags = VIP, Hot Lead"}},
	} {
		got, err := Lost([]byte(answer), tt.contact)
		if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
	if _, err := Lost([]byte(`{`), full); err == nil {
		t.Error("a cut answer was read")
	}
}
