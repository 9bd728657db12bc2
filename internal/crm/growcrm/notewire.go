package growcrm

import (
	"maps"
	"net/http"
	"net/url"
	"strconv"

	"crmferry/internal/crm"
)

// noteJSON is the note object as read.
type noteJSON struct {
	ID          crm.Text                `json:"id"`
	Title       crm.Text                `json:"title"`
	Description crm.Text                `json:"description"`
	Visibility  crm.Text                `json:"visibility"`
	Resource    crm.Loose[resourceJSON] `json:"resource"`
	CreatorID   crm.Text                `json:"creator_id"`
	Tags        crm.Texts               `json:"tags"`
	Dates       crm.Loose[datesJSON]    `json:"dates"`
}

type resourceJSON struct {
	Type crm.Text `json:"type"`
	ID   crm.Text `json:"id"`
}

func (j noteJSON) RecordID() string { return numeral(j.ID) }

func (j *noteJSON) note() Note {
	id, _ := strconv.ParseInt(string(j.ID), 10, 64) // 0, which no note has, if it is no number
	return Note{
		ID: id, Title: string(j.Title), Description: string(j.Description), Visibility: string(j.Visibility),
		On: string(j.Resource.Value.Type), Of: crm.Ref{ID: string(j.Resource.Value.ID)}, Tags: j.Tags, Creator: string(j.CreatorID),
		Created: crm.ParseTime(string(j.Dates.Value.Created)), Updated: crm.ParseTime(string(j.Dates.Value.Updated)),
	}
}

// tagStep is the step that sets tags.
func tagStep() crm.Step { return crm.Step{Name: "set tags", Fields: crm.Fields{fieldTags}} }

// sameTags reports whether two lists hold the same tags, as tags are compared.
func sameTags(a, b []string) bool {
	folded := func(tags []string) map[string]bool {
		set := map[string]bool{}
		for _, t := range tags {
			set[crm.Fold(t)] = true
		}
		return set
	}
	return maps.Equal(folded(a), folded(b))
}

// putSet is a call that replaces a set by values, of which there is one at least: no form can hold an empty list. Done twice it
// does what it does once.
func putSet(op, path, field string, values []string) crm.Call {
	return crm.Call{Op: op, Method: http.MethodPut, Path: path, ContentType: typeForm, Body: []byte(url.Values{field: values}.Encode()), Repeatable: true}
}
