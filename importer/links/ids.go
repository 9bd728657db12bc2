package links

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// ids are those that stand in rows without names. Whether they are there is asked once for all of them, as far as the vendor
// documents a way that takes few requests.
type ids struct {
	of       map[string]map[string]bool // by kind
	absent   map[crm.LinkKey]bool
	unproven []Unproven
}

// Unproven are ids in rows of which it is not known whether the vendor has them.
type Unproven struct {
	Kind string
	IDs  []string
	Why  string
}

// note takes an id down.
func (s *ids) note(c mapping.Claim) {
	if s.of == nil {
		s.of = map[string]map[string]bool{}
	}
	if s.of[c.Kind] == nil {
		s.of[c.Kind] = map[string]bool{}
	}
	s.of[c.Kind][c.ID] = true
}

// prove asks the vendor which of the ids it has, where it can tell.
func (s *ids) prove(ctx context.Context, vendor any) error {
	prover, ok := vendor.(crm.Prover)
	if !ok {
		return nil
	}
	s.absent, s.unproven = map[crm.LinkKey]bool{}, nil
	for _, kind := range slices.Sorted(maps.Keys(s.of)) {
		proof, err := prover.Prove(ctx, kind, slices.Sorted(maps.Keys(s.of[kind])))
		if err != nil {
			return err
		}
		for _, id := range proof.Absent {
			s.absent[crm.NewLinkKey(kind, id)] = true
		}
		if len(proof.Unproven) > 0 {
			s.unproven = append(s.unproven, Unproven{kind, proof.Unproven, proof.Why})
		}
	}
	return nil
}

// Unproven are the ids in rows of which it is not known whether the vendor has them, once Resolve has asked.
func (c *Claims) Unproven() []Unproven { return c.ids.unproven }

// Differs says of a thing that a contact has what is wrong with a claim of a row about it: it bears another name; "" for nothing.
func Differs(has crm.Ref, claim mapping.Claim) string {
	if claim.Name == "" || has.ID != claim.ID || has.Name == "" || crm.Fold(has.Name) == crm.Fold(claim.Name) {
		return ""
	}
	return fmt.Sprintf("it is %q", has.Name)
}

// Wrong is the problem of a row whose claim has a fault.
func (l *Links[C]) Wrong(claim mapping.Claim, fault string) mapping.Problem {
	if claim.Name != "" {
		return mapping.Problem{Code: outcome.CodeMismatch, Field: claim.Field, Column: claim.Column,
			Message: fmt.Sprintf("%s: the %s %q is to be %q, and %s", claim.Field, l.One(claim.Kind), claim.ID, claim.Name, fault)}
	}
	return mapping.Problem{Code: mapping.CodeBadID, Field: claim.Field, Column: claim.Column,
		Message: fmt.Sprintf("%s: no %s has the id %q", claim.Field, l.One(claim.Kind), claim.ID)}
}
