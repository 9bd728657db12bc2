package clientcommander

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/seed"
)

func (m *vendor) meta() map[string]any {
	now := m.Now().UTC()
	x := api.Scramble(int(now.UnixNano()), m.Settings.Seed)
	id := fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", uint32(x>>32), uint16(x>>16), x&0xfff, x>>52, x&0xffffffffffff)
	return map[string]any{"requestId": id, "timestamp": now.Format(time.RFC3339), "version": "1.0.0"}
}

func (m *vendor) refuse(f api.Failure) api.Reply {
	message := map[int]string{
		http.StatusUnauthorized: "Missing or invalid API key", http.StatusNotFound: "Not found",
		http.StatusMethodNotAllowed: "Method not allowed", http.StatusTooManyRequests: "Too many requests",
	}[f.Status]
	if f.Message != "" {
		message = f.Message
	}
	body := map[string]any{"meta": m.meta(), "success": false, "message": message}
	if len(f.Problems) > 0 {
		f.Status = http.StatusBadRequest
		errors := []map[string]string{}
		for _, p := range f.Problems {
			errors = append(errors, map[string]string{"field": p.Field, "message": p.Field + " " + p.Want})
		}
		body["message"], body["errors"] = "Validation failed", errors
	}
	header := map[string]string{}
	if f.Wait > 0 {
		header["Retry-After"] = api.RetryAfter(f.Wait)
	}
	return api.Reply{Status: f.Status, Header: header, Body: body, Rule: f.RuleOf()}
}

// cursorBehind is the cursor behind a person: base64 of {"id":"..."}, as in the example of the list page.
func cursorBehind(id string) string {
	return base64.StdEncoding.EncodeToString([]byte(`{"id":"` + id + `"}`))
}

func readCursor(cursor string) (string, bool) {
	raw, err := base64.StdEncoding.DecodeString(cursor)
	var at struct{ ID string }
	if err != nil || json.Unmarshal(raw, &at) != nil {
		return "", false
	}
	return at.ID, true
}

func (m *vendor) view(p *personRecord) map[string]any {
	emails, phones := []map[string]any{}, []map[string]any{}
	if p.email != "" {
		emails = append(emails, map[string]any{"value": p.email, "type": "work", "isPrimary": true})
	}
	if p.phone != "" {
		phones = append(phones, map[string]any{"value": p.phone, "type": "mobile", "status": "Valid", "isPrimary": true, "isBad": false})
	}
	agent := seed.Users()[p.Seq%len(seed.Users())]
	view := map[string]any{
		"id": p.ID, "firstName": p.first, "lastName": p.last, "fullName": p.fullName(), "emails": emails, "phones": phones,
		"assignedAgentId": agent.ID, "assignedAgentName": agent.First + " " + agent.Last, "assignedAgentEmail": agent.Email,
		"source": p.source, "tags": strings.Join(p.tags, ", "), "timeframe": p.timeframe, "background": p.background,
		"relationship": false, "createdAt": p.Created.Format(time.RFC3339), "updatedAt": p.Updated.Format(time.RFC3339),
	}
	if p.price != "" {
		view["price"] = p.price
	}
	if i := slices.IndexFunc(seed.Stages, func(s seed.Stage) bool { return s.ID == p.stage }); i >= 0 {
		view["stageId"], view["stageName"] = seed.Stages[i].ID, seed.Stages[i].Name
	}
	return view
}

func (m *vendor) ok(data any) api.Reply {
	return api.Reply{Status: http.StatusOK, Body: map[string]any{"meta": m.meta(), "data": data}}
}

func (m *vendor) done(data any) api.Reply {
	body := map[string]any{"meta": m.meta(), "success": true, "message": "Operation completed successfully"}
	if data != nil {
		body["data"] = data
	}
	return api.Reply{Status: http.StatusOK, Body: body}
}
