package growcrm

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"crmferry/internal/crm/growcrm/answers"
	"crmferry/internal/quickjson"

	"github.com/google/go-cmp/cmp"
)

// TestDecodePage: a page is read as encoding/json reads it.
func TestDecodePage(t *testing.T) {
	for name, data := range map[string]string{
		"the documented contact": `[` + jane + `]`,
		"nulls":                  `[{"id": 1, "phone": null, "job_position": null, "client": null, "role": null, "social": null, "dates": null}]`,
		"nothing else":           `[{"id": 1}]`,
		"nobody":                 `[]`,
		"no list":                `null`,
		"texts as ids":           `[{"id": "7", "client": {"id": "12", "company_name": "Acme"}}]`,
		"numbers":                `[{"id": 7, "phone": 15125550100}]`,
		"empty objects":          `[{"id": 7, "client": [], "social": "", "dates": []}]`,
	} {
		t.Run(name, func(t *testing.T) {
			body := []byte(`{"data": ` + data + `, "meta": {"total": 1, "last_page": 3}}`)
			var got, want answers.Page[contactJSON]
			if err := new(quickjson.Decoders).Unmarshal(body, &got); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(body, &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" || got.Mismatch() != want.Mismatch() {
				t.Errorf("%q, want %q (-want +got):\n%s", got.Mismatch(), want.Mismatch(), diff)
			}
		})
	}
}

func BenchmarkDecodePage(b *testing.B) {
	body := []byte(`{"data": [` + strings.Join(slices.Repeat([]string{jane}, answers.PageSize), ",") + `], "meta": {"total": 100, "last_page": 1}}`)
	decoders := new(quickjson.Decoders)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		var p answers.Page[contactJSON]
		if err := decoders.Unmarshal(body, &p); err != nil {
			b.Fatal(err)
		}
		if odd := p.Mismatch(); odd != "" || len(p.Data) != answers.PageSize {
			b.Fatal(len(p.Data), odd)
		}
	}
}
