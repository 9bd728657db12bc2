package clientcommander

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPlainAndLenient: what is read into plain types is what would have been read leniently.
func TestPlainAndLenient(t *testing.T) {
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
	} {
		t.Run(name, func(t *testing.T) {
			var plain plainPerson
			var lenient personJSON
			if err := json.Unmarshal([]byte(person), &plain); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(person), &lenient); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(lenient.contact(), plain.contact()); diff != "" {
				t.Errorf("(-lenient +plain):\n%s", diff)
			}
		})
	}
}
