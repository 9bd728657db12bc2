package crmtest

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"crmferry/internal/crm"
)

const nothingHere = `{"message": "no such thing"}`

// testProve: an id that is there is not called absent, one of nothing is never taken as there, and where everything is a 404 it is
// the address that is wrong and no id.
func testProve[C any](t *testing.T, e *env[C]) {
	p, ok := e.good.(crm.Prover)
	if !ok {
		t.Skip("the client proves no ids")
	}
	ctx := context.Background()
	for _, link := range e.Links {
		t.Run(link.Kind, func(t *testing.T) {
			e.fault.Store(nil)
			found, err := e.good.(crm.Linker[C]).Resolve(ctx, link.Kind, []string{link.One})
			if err != nil || len(found[link.One]) != 1 {
				t.Fatalf("%q is %v, %v", link.One, found[link.One], err)
			}
			there := found[link.One][0].ID
			none := nobodys(there)
			proof, err := p.Prove(ctx, link.Kind, []string{there, none})
			if _, foretells := e.good.(crm.Forecaster[C]); foretells && err == nil && proof.Absent == nil && proof.Unproven == nil {
				return // it is told of each row
			}
			if err != nil || slices.Contains(proof.Absent, there) || !slices.Contains(slices.Concat(proof.Absent, proof.Unproven), none) {
				t.Errorf("%q is there, %q is not: %+v, %v", there, none, proof, err)
			}
			e.answer(http.StatusNotFound, typeJSON, nothingHere)
			proof, err = e.plain().(crm.Prover).Prove(ctx, link.Kind, []string{there})
			if err == nil && len(proof.Absent) > 0 {
				t.Errorf("where nothing is there at all, %q is called absent", there)
			}
		})
	}
}

// nobodys is an id of the form of another one that nothing has.
func nobodys(id string) string {
	if strings.Trim(id, "0123456789") == "" {
		return "777777777"
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '7'
		}
		return r
	}, id)
}

// testOrphan: a record on what is not there is refused for what the row says, and the refusal names the field; where everything is a
// 404 it names none, for then it is the address that is wrong.
func testOrphan[C any](t *testing.T, e *env[C]) {
	if e.Orphan == nil {
		t.Skip("records are on nothing")
	}
	ctx := context.Background()
	orphan := e.Sample(0)
	e.Orphan(&orphan)
	_, err := e.good.Create(ctx, orphan, e.createFields(e.good), token(0))
	got := wantClass(t, err, crm.Permanent)
	if len(got.Problems) != 1 || got.Problems[0].Field == "" || got.Problems[0].Code != crm.CodeInvalid || got.Problems[0].Message == "" {
		t.Errorf("problems %+v", got.Problems)
	}
	e.answer(http.StatusNotFound, typeJSON, nothingHere)
	_, err = e.plain().Create(ctx, orphan, e.createFields(e.good), token(1))
	if got := wantClass(t, err, crm.Permanent); got.Status != http.StatusNotFound || len(got.Problems) > 0 {
		t.Errorf("status %d, problems %+v", got.Status, got.Problems)
	}
}
