/** Ends what the function that returned it began. A second call does nothing. */
export type Stop = () => void;
