package crm

import (
	"context"
	"slices"
)

// FewIDs is how many ids are asked for one by one.
const FewIDs = 10

// TooMany is the proof of ids that are not asked for.
func TooMany(ids []string) Proof {
	return Proof{Unproven: ids, Why: "that would take more requests than it is worth"}
}

// ProveEach asks for few ids one by one, by what takes a 404 as nothing. An address that is none of the vendor's knows nothing
// either: an id counts as absent only where check is answered.
func ProveEach[C any](ctx context.Context, ids []string, get func(context.Context, string) ([]C, error), check Checker) (Proof, error) {
	if len(ids) > FewIDs {
		return TooMany(ids), nil
	}
	var absent []string
	for _, id := range ids {
		found, err := get(ctx, id)
		if err != nil {
			return Proof{}, err
		}
		if len(found) == 0 {
			absent = append(absent, id)
		}
	}
	if len(absent) > 0 {
		if _, err := check.Check(ctx); err != nil {
			return Proof{}, err
		}
	}
	return Proof{Absent: absent}, nil
}

// ProveListed says which ids a whole list does not have.
func ProveListed(has map[string]bool, ids []string) Proof {
	return Proof{Absent: slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return has[id] })}
}
