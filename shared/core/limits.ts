/** Every number of the product that a rule names, with the row of the feature list it comes from. */
export const limits = {
  /** Row 1. */
  emailCode: { digits: 6, lifeSeconds: 300, tries: 5, resendSeconds: 60 },
  /** Row 2. */
  ticketSeconds: { REGISTER: 3600, PASSWORD: 600, SOCKET: 60 },
  /** Row 8. */
  accessTokenSeconds: 900,
  refreshTokenSeconds: 14 * 86_400,
  /** Rows 4, 5. */
  password: { min: 8, max: 64 },
  nickname: { min: 2, max: 20 },
  /** Row 21. */
  group: { title: 50, description: 1000, promise: 100, rule: 100 },
  /** Row 25: seats by kind. */
  capacity: {
    CHALLENGE: [2, 50],
    STUDY: [2, 50],
    OPEN_ROOM: [2, 10],
    PRIVATE_GROUP: [2, 50],
    TEAM: [2, 20],
    CLUB: [2, 500],
  },
  /** Row 42: certifications until this many days after the group's last. */
  openDaysAfterEnd: 1,
  /** Row 53. */
  certification: { text: 1000, images: 5, link: 500, perDay: 1, throttleSeconds: 5 },
  decisionReason: 500,
  /** Row 108. */
  image: { bytes: 10 * 1024 * 1024, types: ['image/jpeg', 'image/png', 'image/webp'] },
  uploadSeconds: 300,
  unusedUploadSeconds: 86_400,
  downloadSeconds: 900,
  /** Row 106. */
  notificationSeconds: 30 * 86_400,
  /** Row 122. */
  idempotencySeconds: 86_400,
  /** Table 2.11; API Gateway closes after 2 h, or 10 min without a message. */
  socket: { messageBytes: 16 * 1024, pingSeconds: 300, lifeSeconds: 2 * 3600 + 600, staleSeconds: 660 },
  outboxSeconds: 86_400,
} as const;
