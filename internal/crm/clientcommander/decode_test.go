package clientcommander

import (
	"encoding/json"
	"testing"

	"crmferry/internal/quickjson"

	"github.com/google/go-cmp/cmp"
)

// TestDecodePerson: a person is read as encoding/json reads it.
func TestDecodePerson(t *testing.T) {
	for name, person := range map[string]string{
		"full": `{"id": "jd79abc123def", "firstName": "John", "lastName": "D\u00f6e", "fullName": "John Doe",
			"emails": [{"value": "john@example.com", "type": "home", "isPrimary": false}, {"value": "j@example.org", "type": "work", "isPrimary": true}],
			"phones": [{"value": "+15125550100", "type": "mobile", "isPrimary": true, "status": "Valid", "isBad": false}],
			"assignedAgentId": "agent123", "assignedAgentName": "Jane Smith", "assignedAgentEmail": "jane@example.com",
			"stageId": "stage456", "stageName": "Lead", "source": "Website", "tags": "VIP, Hot Lead", "price": 450000.5, "timeframe": "3-6 months",
			"background": "two\nlines", "relationship": true, "createdAt": "2023-11-15T10:00:00Z", "updatedAt": "2023-11-16T10:00:00Z"}`,
		"sparse": `{"id": "jd79abc123def"}`,
		"nulls":  `{"id": "jd79abc123def", "emails": null, "phones": null, "tags": null, "price": null, "source": null, "relationship": null, "createdAt": null}`,
		"tags":   `{"id": "jd79abc123def", "tags": ["a", "b"]}`,
		"odd":    `{"id": 7, "tags": 5, "price": "1.5", "source": true, "stageId": {"a": [1]}, "emails": [], "more": [{"x": "\u00e9"}], "updatedAt": 5}`,
	} {
		t.Run(name, func(t *testing.T) {
			var got, want personJSON
			if err := new(quickjson.Decoders).Unmarshal([]byte(person), &got); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(person), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want.contact(), got.contact()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
