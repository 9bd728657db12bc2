package account

import (
	"context"

	"crmferry/internal/state"
	"crmferry/internal/state/peers"
)

// Place names what a connection leads to, whatever the key.
func (c *Connection) Place(ctx context.Context, root string) (string, error) {
	s := c.settings
	return state.Fingerprint(ctx, root, "place", s.account.Vendor.ID, s.base.String(), s.organization)
}

// Fingerprint names the account of a connection without telling its key.
func (c *Connection) Fingerprint(ctx context.Context, root string) (string, error) {
	return state.Fingerprint(ctx, root, c.parts()...)
}

// LockMachine takes the lock of the account against all users of this machine: see peers.LockMachine.
func (c *Connection) LockMachine(ctx context.Context, folders []string, o peers.LockOptions) (*peers.MachineLock, error) {
	return peers.LockMachine(ctx, folders, peers.MachineAccount(c.parts()...), o)
}

// parts are what makes an account.
func (c *Connection) parts() []string {
	s := c.settings
	return append([]string{s.account.Vendor.ID, s.base.String(), s.organization}, s.keys...)
}
