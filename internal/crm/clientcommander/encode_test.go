package clientcommander

import (
	"testing"

	"crmferry/internal/crm"
	"crmferry/internal/quickjson"
)

// TestEncode: bodies are the same bytes as ever, by which the vendor knows a create that is sent again.
func TestEncode(t *testing.T) {
	price := 1.5
	jane := Contact{FirstName: "Jane", LastName: "D\"öe", Email: "jane@example.com", Phone: "+15125550100", Source: "Web", Stage: crm.Ref{ID: "s1"}, Price: &price,
		Timeframe: "now", Background: "two\nlines", Tags: []string{"a", "b"}, Street: "S 1", City: "Austin", State: "TX", ZipCode: "1"}
	const whole = `"firstName":"Jane","lastName":"D\"öe","email":"jane@example.com","phone":"+15125550100","source":"Web","stage":"s1","price":1.5,` +
		`"timeframe":"now","background":"two\nlines"`
	all := crm.Fields{"zipCode", "tags", "city", "state", "street", "background", "timeframe", "price", "stage", "source", "phone", "email", "lastName", "firstName"}
	found := Contact{FirstName: "J", Phone: "+1 (512) 555-0100", Email: "j@example.com", Source: "old", Price: &price, Tags: []string{"c"}}
	for name, tt := range map[string]struct {
		got  []byte
		want string
	}{
		"all":              {encode(quickjson.NewObject(), &jane, all), `{` + whole + `,"tags":["a","b"],"street":"S 1","city":"Austin","state":"TX","zipCode":"1"}`},
		"some":             {encode(quickjson.NewObject(), &jane, crm.Fields{"city", "email"}), `{"email":"jane@example.com","city":"Austin"}`},
		"emptied":          {encode(quickjson.NewObject(), &Contact{}, all), `{"source":"","timeframe":"","background":"","street":"","city":""}`},
		"nothing":          {encode(quickjson.NewObject(), &jane, nil), `{}`},
		"update of all":    {encodeUpdate(&found, &jane, all), `{` + whole + `,"street":"S 1","city":"Austin","state":"TX","zipCode":"1"}`},
		"update of some":   {encodeUpdate(&found, &jane, crm.Fields{"city"}), `{"firstName":"J","email":"j@example.com","phone":"+15125550100","source":"old","price":1.5,"city":"Austin"}`},
		"update that ends": {encodeUpdate(&found, &Contact{}, crm.Fields{"source", "email", "price"}), `{"firstName":"J","phone":"+15125550100","source":""}`},
	} {
		if string(tt.got) != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, tt.got, tt.want)
		}
	}
}
