/** 64 bits in two halves, changed in place: JavaScript's own 64-bit integers are too slow for a hash of every cell. */
export class U64 {
  high = 0;
  low = 0;

  set(high: number, low: number): this {
    this.high = high >>> 0;
    this.low = low >>> 0;
    return this;
  }

  copy({ high, low }: U64): this {
    return this.set(high, low);
  }

  add(high: number, low: number): this {
    const sum = this.low + low;
    return this.set(this.high + high + (sum > 0xffffffff ? 1 : 0), sum);
  }

  plus({ high, low }: U64): this {
    return this.add(high, low);
  }

  xor(high: number, low: number): this {
    return this.set(this.high ^ high, this.low ^ low);
  }

  /** Times another, without what goes beyond 64 bits. */
  times({ high, low }: U64): this {
    const crossed = Math.imul(this.high, low) + Math.imul(this.low, high);
    return this.set(highProduct(this.low, low) + crossed, Math.imul(this.low, low));
  }

  /** Turned left by 1 to 31 bits. */
  turn(bits: number): this {
    const { high, low } = this;
    return this.set((high << bits) | (low >>> (32 - bits)), (low << bits) | (high >>> (32 - bits)));
  }

  /** Xor with itself shifted right by 1 to 32 bits. */
  fold(bits: number): this {
    const { high, low } = this;
    if (bits === 32) return this.xor(0, high);
    return bits > 32
      ? this.xor(0, high >>> (bits - 32))
      : this.xor(high >>> bits, (low >>> bits) | (high << (32 - bits)));
  }
}

/** The upper 32 bits of the product of two 32-bit integers. */
function highProduct(a: number, b: number): number {
  const [a1, a0, b1, b0] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const other = a0 * b1 + (middle & 0xffff);
  return a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000);
}
