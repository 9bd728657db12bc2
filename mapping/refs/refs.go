// Package refs has what a cell says of the thing that it refers to: an id, or a name that has to be looked up.
package refs

import (
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
)

// Show prefers the name: it is what people know a thing by.
func Show(v crm.Ref) string {
	if v.Name != "" {
		return v.Name
	}
	return v.ID
}

// Same compares by id, or by name where one of them has no id.
func Same(a, b crm.Ref) bool {
	if a.ID != "" && b.ID != "" {
		return a.ID == b.ID
	}
	if a == b {
		return true
	}
	return a.Name != "" && crm.Fold(a.Name) == crm.Fold(b.Name)
}

// Marks are what a ref is found by among others, as Same compares them: an id seeks its id and names without one, a name without an
// id seeks any like it.
func Marks(v crm.Ref) (seeks, leaves []string) {
	name := crm.Fold(v.Name)
	switch {
	case v.ID == "":
		return []string{"alone " + name, "beside " + name}, []string{"alone " + name}
	case v.Name == "":
		return []string{"id " + v.ID}, []string{"id " + v.ID}
	}
	return []string{"id " + v.ID, "alone " + name}, []string{"id " + v.ID, "beside " + name}
}

// Address is the e-mail address that stands behind the name of somebody, as in Ann Lee (ann@example.com); anything else stays as it
// is, so does what is known by an address and the company behind it.
func Address(v string) string {
	if _, email, _ := names.CutEmail(v); email != "" && strings.Count(v, "@") == 1 && !strings.HasPrefix(v, email) {
		return email
	}
	return v
}

// ByDigits takes digits for an id, anything else for a name.
func ByDigits(v string) crm.Ref {
	if cells.IsDigits(v) {
		return crm.Ref{ID: v}
	}
	return crm.Ref{Name: v}
}

// ByPath takes what starts with the path of a kind of things, or a bare UUID, for an id, and anything else for a name.
func ByPath(prefix string) func(string) crm.Ref {
	return func(v string) crm.Ref {
		if id, ok := strings.CutPrefix(v, prefix); ok && id != "" {
			return crm.Ref{ID: v}
		}
		if isUUID(v) {
			return crm.Ref{ID: prefix + strings.ToLower(v)}
		}
		return crm.Ref{Name: v}
	}
}

func isUUID(v string) bool {
	if len(v) != 36 {
		return false
	}
	for i := range len(v) {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (v[i] == '-') || !dash && strings.IndexByte("0123456789abcdefABCDEF", v[i]) < 0 {
			return false
		}
	}
	return true
}

// ByPerson takes a UUID for the id of a person, and what has the path of people before it; anything else is what the person is
// called: an e-mail address, a full name, the id of another program.
func ByPerson(prefix, v string) crm.Ref {
	id, isPath := strings.CutPrefix(v, prefix)
	switch {
	case isUUID(id):
		return crm.Ref{ID: strings.ToLower(id)}
	case isPath && id != "" && !strings.ContainsAny(id, "/ ?#@"):
		return crm.Ref{ID: id}
	}
	return crm.Ref{Name: v}
}

// ShowPerson shows a person as ByPerson reads it: an id that does not look like one has the path before it.
func ShowPerson(prefix string, v crm.Ref) string {
	if v.ID != "" && ByPerson(prefix, v.ID).ID == "" {
		return prefix + v.ID
	}
	return Show(v)
}

// ByCode takes a word with a digit in it for an id, if it is as long as one, and anything else for a name.
func ByCode(v string) crm.Ref {
	if IsCode(v) && strings.ContainsAny(v, "0123456789") {
		return crm.Ref{ID: v}
	}
	return crm.Ref{Name: v}
}

// IsCode reports whether v is a word of eight or more letters, digits, dashes and underscores.
func IsCode(v string) bool {
	return len(v) >= 8 && !strings.ContainsFunc(v, func(r rune) bool {
		return r != '_' && r != '-' && (r > 'z' || !cells.IsAlphanumeric(byte(r)))
	})
}

// ByID takes what has the form of an id for one, with the path before it or without; ok is false for a name.
func ByID(prefix, v string) (ref crm.Ref, ok bool) {
	id := v[strings.LastIndexByte(v, '/')+1:]
	if id == "" || strings.ContainsAny(id, " @") || v != id && v != prefix+id || v == id && cells.CountDigits(id) == 0 {
		return crm.Ref{}, false
	}
	return crm.Ref{ID: prefix + id}, true
}

// Profile is the id in the address of a profile at LinkedIn; what is none stays as it is.
func Profile(v string) string {
	if _, path, ok := strings.Cut(v, "linkedin.com/in/"); ok {
		v, _, _ = strings.Cut(path, "?")
		v = strings.Trim(v, "/")
	}
	return v
}
