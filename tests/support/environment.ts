/** The least environment the functions start with. */
export const leastEnvironment = {
  PUSHER_APP_ID: "1234567",
  PUSHER_KEY: "278d425bdf160c739803",
  PUSHER_SECRET: "7ad3773142a6692b25b8",
  PUSHER_CLUSTER: "eu",
} as const;
