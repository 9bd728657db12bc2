package rogerroger

import (
	"context"
	"fmt"
	"net/url"
)

// Check counts the people that the key can see.
func (c *Client) Check(ctx context.Context) (string, error) {
	page, err := getPage[Person](ctx, c, "check the key", "/people", url.Values{"itemsPerPage": {"1"}})
	if err != nil {
		return "", err
	}
	if page.Total < 0 {
		return "the key can read people", nil
	}
	return fmt.Sprintf("the key can read people; the account lists %d", page.Total), nil
}
